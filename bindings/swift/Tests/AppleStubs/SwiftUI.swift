//  As much of SwiftUI as `Sources/Pmi/Apple` uses, so that a machine without Apple's SDKs finds out whether that fits the rest of `Pmi`.

@MainActor @preconcurrency
public protocol View {
    associatedtype Body: View
    var body: Body { get }
}

extension Never: View {
    public var body: Never { fatalError() }
}

@MainActor @preconcurrency
public protocol Scene {
    associatedtype Body: Scene
    var body: Body { get }
}

@MainActor @preconcurrency
public protocol ViewModifier {
    associatedtype Body: View
    typealias Content = ModifierContent
    func body(content: Content) -> Body
}

public struct ModifierContent: View {
    public var body: Never { fatalError() }
}

extension View {
    public func modifier<T: ViewModifier>(_ modifier: T) -> some View { ModifierContent() }

    public func onChange<V: Equatable>(
        of value: V, initial: Bool = false, _ action: @escaping (_ old: V, _ new: V) -> Void
    ) -> some View { ModifierContent() }
}

public enum ScenePhase: Sendable {
    case background, inactive, active
}

public struct EnvironmentValues {
    public var scenePhase: ScenePhase { .active }
}

@propertyWrapper
public struct Environment<Value> {
    public init(_ path: KeyPath<EnvironmentValues, Value>) {}
    public var wrappedValue: Value { fatalError() }
}

public struct BackgroundTask<Request, Response> {
    public static func appRefresh(_ identifier: String) -> BackgroundTask<String?, Void> where Request == String?, Response == Void {
        fatalError()
    }
}

struct Refreshing: Scene {
    var body: Refreshing { self }
}

extension Scene {
    public func backgroundTask<D: Sendable, R: Sendable>(
        _ task: BackgroundTask<D, R>, action: @escaping @Sendable () async -> R
    ) -> some Scene { Refreshing() }
}
