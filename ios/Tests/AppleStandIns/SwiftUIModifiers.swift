//  The styles and modifiers of the stand-in for SwiftUI. As Apple's, they are isolated to no actor.

// MARK: - Styles

public protocol PrimitiveButtonStyle {}
public struct BorderedButtonStyle: PrimitiveButtonStyle {}
public struct BorderedProminentButtonStyle: PrimitiveButtonStyle {}
public struct PlainButtonStyle: PrimitiveButtonStyle {}
extension PrimitiveButtonStyle where Self == BorderedButtonStyle {
    public static var bordered: BorderedButtonStyle { BorderedButtonStyle() }
}
extension PrimitiveButtonStyle where Self == BorderedProminentButtonStyle {
    public static var borderedProminent: BorderedProminentButtonStyle { BorderedProminentButtonStyle() }
}
extension PrimitiveButtonStyle where Self == PlainButtonStyle {
    public static var plain: PlainButtonStyle { PlainButtonStyle() }
}
public enum DynamicTypeSize: Sendable {
    case large, accessibility3
    public var isAccessibilitySize: Bool { false }
}
public struct SubmitLabel: Sendable {
    public static var next: SubmitLabel { SubmitLabel() }
    public static var go: SubmitLabel { SubmitLabel() }
}
public struct SubmitTriggers: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static let text = SubmitTriggers(rawValue: 1)
}
public struct ScrollDismissesKeyboardMode: Sendable {
    public static var interactively: ScrollDismissesKeyboardMode { ScrollDismissesKeyboardMode() }
}
public struct KeyEquivalent: ExpressibleByExtendedGraphemeClusterLiteral, Sendable {
    public init(_ character: Character) {}
    public init(extendedGraphemeClusterLiteral: Character) {}
}
public struct EventModifiers: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static let command = EventModifiers(rawValue: 1)
}
public struct KeyboardShortcut: Sendable {
    public static let defaultAction = KeyboardShortcut()
    public static let cancelAction = KeyboardShortcut()
}
public enum ControlSize: Sendable { case small, regular, large }
public struct TextInputAutocapitalization: Sendable {
    public static var never: Self { Self() }
    public static var words: Self { Self() }
    public static var sentences: Self { Self() }
    public static var characters: Self { Self() }
}
public struct ContentShapeKinds: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static let interaction = ContentShapeKinds(rawValue: 1)
    public static let accessibility = ContentShapeKinds(rawValue: 2)
}
public struct RedactionReasons: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static let placeholder = RedactionReasons(rawValue: 1)
    public static let privacy = RedactionReasons(rawValue: 2)
}
public struct AccessibilityTraits: SetAlgebra, Sendable {
    public typealias ArrayLiteralElement = AccessibilityTraits
    public init() {}
    public static let isHeader = AccessibilityTraits()
    public static let isSelected = AccessibilityTraits()
    public static let isLink = AccessibilityTraits()
    public func contains(_ member: AccessibilityTraits) -> Bool { false }
    public func union(_ other: AccessibilityTraits) -> AccessibilityTraits { self }
    public func intersection(_ other: AccessibilityTraits) -> AccessibilityTraits { self }
    public func symmetricDifference(_ other: AccessibilityTraits) -> AccessibilityTraits { self }
    public mutating func insert(_ new: AccessibilityTraits) -> (inserted: Bool, memberAfterInsert: AccessibilityTraits) { fatalError() }
    public mutating func remove(_ member: AccessibilityTraits) -> AccessibilityTraits? { nil }
    public mutating func update(with new: AccessibilityTraits) -> AccessibilityTraits? { nil }
    public mutating func formUnion(_ other: AccessibilityTraits) {}
    public mutating func formIntersection(_ other: AccessibilityTraits) {}
    public mutating func formSymmetricDifference(_ other: AccessibilityTraits) {}
}
public struct AccessibilityChildBehavior: Sendable {
    public static let combine = AccessibilityChildBehavior()
    public static let contain = AccessibilityChildBehavior()
    public static let ignore = AccessibilityChildBehavior()
}
public protocol TextSelectability {}
public struct EnabledTextSelectability: TextSelectability {}
extension TextSelectability where Self == EnabledTextSelectability {
    public static var enabled: EnabledTextSelectability { EnabledTextSelectability() }
}

// MARK: - Modifiers

extension View {
    public nonisolated func modifier<M: ViewModifier>(_ modifier: M) -> some View { Modified() }
    public nonisolated func font(_ font: Font?) -> some View { Modified() }
    public nonisolated func foregroundStyle<S: ShapeStyle>(_ style: S) -> some View { Modified() }
    public nonisolated func tint(_ color: Color?) -> some View { Modified() }
    public nonisolated func background<S: ShapeStyle>(_ style: S) -> some View { Modified() }
    public nonisolated func background<S: ShapeStyle, T: Shape>(_ style: S, in shape: T) -> some View { Modified() }
    public nonisolated func overlay<V: View>(@ViewBuilder content: () -> V) -> some View { Modified() }
    public nonisolated func padding(_ length: CGFloat) -> some View { Modified() }
    public nonisolated func padding(_ edges: Edge.Set = .all, _ length: CGFloat? = nil) -> some View { Modified() }
    public nonisolated func frame(width: CGFloat? = nil, height: CGFloat? = nil, alignment: Alignment = .center) -> some View { Modified() }
    public nonisolated func frame(
        minWidth: CGFloat? = nil, idealWidth: CGFloat? = nil, maxWidth: CGFloat? = nil, minHeight: CGFloat? = nil,
        idealHeight: CGFloat? = nil, maxHeight: CGFloat? = nil, alignment: Alignment = .center
    ) -> some View { Modified() }
    public nonisolated func aspectRatio(_ ratio: CGFloat? = nil, contentMode: ContentMode) -> some View { Modified() }
    public nonisolated func scaledToFill() -> some View { Modified() }
    public nonisolated func clipShape<S: Shape>(_ shape: S) -> some View { Modified() }
    public nonisolated func contentShape<S: Shape>(_ shape: S) -> some View { Modified() }
    public nonisolated func contentShape<S: Shape>(_ kind: ContentShapeKinds, _ shape: S) -> some View { Modified() }
    public nonisolated func multilineTextAlignment(_ alignment: TextAlignment) -> some View { Modified() }
    public nonisolated func textSelection<S: TextSelectability>(_ selectability: S) -> some View { Modified() }
    public nonisolated func redacted(reason: RedactionReasons) -> some View { Modified() }
    public nonisolated func disabled(_ disabled: Bool) -> some View { Modified() }
    public nonisolated func id<ID: Hashable>(_ id: ID) -> some View { Modified() }
    public nonisolated func tag<V: Hashable>(_ tag: V) -> some View { Modified() }
    public nonisolated func badge(_ count: Int) -> some View { Modified() }
    public nonisolated func tabItem<V: View>(@ViewBuilder _ label: () -> V) -> some View { Modified() }
    public nonisolated func safeAreaInset<V: View>(
        edge: VerticalEdge, alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> V
    ) -> some View { Modified() }
    public nonisolated func buttonStyle<S: PrimitiveButtonStyle>(_ style: S) -> some View { Modified() }
    public nonisolated func controlSize(_ size: ControlSize) -> some View { Modified() }
    public nonisolated func navigationTitle<S: StringProtocol>(_ title: S) -> some View { Modified() }
    public nonisolated func navigationDestination<D: Hashable, C: View>(
        for data: D.Type, @ViewBuilder destination: @escaping (D) -> C
    ) -> some View { Modified() }
    public nonisolated func toolbar<T: ToolbarContent>(@ToolbarContentBuilder content: () -> T) -> some View { Modified() }
    public nonisolated func sheet<C: View>(
        isPresented: Binding<Bool>, onDismiss: (() -> Void)? = nil, @ViewBuilder content: @escaping () -> C
    ) -> some View { Modified() }
    public nonisolated func interactiveDismissDisabled(_ disabled: Bool = true) -> some View { Modified() }
    public nonisolated func sheet<I: Identifiable, C: View>(
        item: Binding<I?>, onDismiss: (() -> Void)? = nil, @ViewBuilder content: @escaping (I) -> C
    ) -> some View { Modified() }
    public nonisolated func refreshable(action: @escaping @Sendable () async -> Void) -> some View { Modified() }
    public nonisolated func task<T: Equatable>(
        id value: T, priority: TaskPriority = .userInitiated, @_inheritActorContext _ action: @escaping @Sendable () async -> Void
    ) -> some View { Modified() }
    public nonisolated func task(@_inheritActorContext _ action: @escaping @Sendable () async -> Void) -> some View { Modified() }
    public nonisolated func onAppear(perform action: (() -> Void)? = nil) -> some View { Modified() }
    public nonisolated func submitLabel(_ label: SubmitLabel) -> some View { Modified() }
    public nonisolated func onSubmit(of triggers: SubmitTriggers = .text, _ action: @escaping (() -> Void)) -> some View { Modified() }
    public nonisolated func onChange<V: Equatable>(
        of value: V, initial: Bool = false, _ action: @escaping (_ old: V, _ new: V) -> Void
    ) -> some View { Modified() }
    public nonisolated func environment<V>(_ path: WritableKeyPath<EnvironmentValues, V>, _ value: V) -> some View { Modified() }
    public nonisolated func environment<T: AnyObject & Observable>(_ object: T?) -> some View { Modified() }
    public nonisolated func preferredColorScheme(_ scheme: ColorScheme?) -> some View { Modified() }
    public nonisolated func previewDisplayName(_ name: String?) -> some View { Modified() }
    public nonisolated func dynamicTypeSize(_ size: DynamicTypeSize) -> some View { Modified() }
    public nonisolated func focused<V: Hashable>(_ binding: FocusState<V>.Binding, equals value: V) -> some View { Modified() }
    public nonisolated func scrollDismissesKeyboard(_ mode: ScrollDismissesKeyboardMode) -> some View { Modified() }
    public nonisolated func keyboardShortcut(_ shortcut: KeyboardShortcut) -> some View { Modified() }
    public nonisolated func keyboardShortcut(_ key: KeyEquivalent, modifiers: EventModifiers = .command) -> some View { Modified() }
    public nonisolated func privacySensitive(_ sensitive: Bool = true) -> some View { Modified() }
    public nonisolated func flipsForRightToLeftLayoutDirection(_ enabled: Bool) -> some View { Modified() }
    public nonisolated func accessibilityIgnoresInvertColors(_ active: Bool = true) -> some View { Modified() }
    public nonisolated func focused(_ condition: FocusState<Bool>.Binding) -> some View { Modified() }
    public nonisolated func keyboardType(_ type: UIKeyboardType) -> some View { Modified() }
    public nonisolated func textContentType(_ type: UITextContentType?) -> some View { Modified() }
    public nonisolated func textInputAutocapitalization(_ capitals: TextInputAutocapitalization?) -> some View { Modified() }
    public nonisolated func autocorrectionDisabled(_ disabled: Bool = true) -> some View { Modified() }
    public nonisolated func accessibilityLabel(_ label: Text) -> some View { Modified() }
    public nonisolated func accessibilityValue(_ value: Text) -> some View { Modified() }
    public nonisolated func accessibilityHint(_ hint: Text) -> some View { Modified() }
    public nonisolated func accessibilityHidden(_ hidden: Bool) -> some View { Modified() }
    public nonisolated func accessibilityAddTraits(_ traits: AccessibilityTraits) -> some View { Modified() }
    public nonisolated func accessibilityElement(children: AccessibilityChildBehavior = .ignore) -> some View { Modified() }
}
