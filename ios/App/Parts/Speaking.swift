import PmiModels
import SwiftUI

private struct SpeechKey: EnvironmentKey {
    static let defaultValue = Speech(CatalogWording())
}

extension EnvironmentValues {
    /// The language that the app speaks.
    var speech: Speech {
        get { self[SpeechKey.self] }
        set { self[SpeechKey.self] = newValue }
    }
}
