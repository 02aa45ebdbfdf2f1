import Foundation
import Pmi
import PmiModels
import UIKit

/// What `Info.plist` says of the server and of the groups that the app shares with its extensions.
enum Settings {
    /// The client's configuration.
    @Sendable
    static func configuration() throws(PmiError) -> PmiConfiguration {
        guard let server = text("PMIServer").flatMap(URL.init(string:)) else {
            throw .invalidInput(field: "PMIServer", reason: "Info.plist names no server")
        }
        var configuration = PmiConfiguration(server: server)
        if let group = text("PMIAppGroup") { configuration.folders = try .appGroup(group) }
        if let group = text("PMIKeychainGroup") { configuration.keys = .system(accessGroup: group) }
        return configuration
    }

    /// Where remedies lead outside the app.
    @MainActor static var links: AppLinks {
        AppLinks(
            store: text("PMIStorePage").flatMap(URL.init(string:)),
            support: text("PMISupport"),
            settings: URL(string: UIApplication.openSettingsURLString))
    }

    private static func text(_ key: String) -> String? {
        (Bundle.main.object(forInfoDictionaryKey: key) as? String).flatMap { $0.isEmpty ? nil : $0 }
    }
}
