//  As much of SwiftUI as `Sources/Pmi/Apple` and `Examples/App` use, so that a machine without Apple's SDKs finds out whether that fits the
//  rest of `Pmi`.

@_exported import Foundation

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

@resultBuilder
public enum ViewBuilder {
    public static func buildBlock<Content: View>(_ content: Content) -> Content { content }
}

@MainActor @preconcurrency
public protocol App {
    associatedtype Body: Scene
    var body: Body { get }
    init()
}

extension App {
    public static func main() {}
}

@MainActor @preconcurrency
public struct WindowGroup<Content: View>: Scene {
    public init(@ViewBuilder content: () -> Content) {}
    public var body: Never { fatalError() }
}

extension Never: Scene {}

@MainActor @preconcurrency
public protocol PreviewProvider {
    associatedtype Previews: View
    static var previews: Previews { get }
}

@MainActor @preconcurrency
public struct Text: View {
    public init<S: StringProtocol>(_ content: S) {}
    public var body: Never { fatalError() }
}

@MainActor @preconcurrency
public struct List<Row: View>: View {
    public init<Data: RandomAccessCollection>(_ data: Data, @ViewBuilder row: @escaping (Data.Element) -> Row)
    where Data.Element: Identifiable {}
    public var body: Never { fatalError() }
}

@propertyWrapper
public struct State<Value> {
    public init(wrappedValue: Value) {}
    public var wrappedValue: Value {
        get { fatalError() }
        nonmutating set {}
    }
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
    public func task(@_inheritActorContext _ action: @escaping @Sendable () async -> Void) -> some View { ModifierContent() }

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
