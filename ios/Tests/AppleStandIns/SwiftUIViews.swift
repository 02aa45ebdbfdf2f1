//  The views and modifiers of the stand-in for SwiftUI.

// MARK: - Text and pictures

public struct Text: View {
    public nonisolated init<S: StringProtocol>(_ content: S) {}
    public nonisolated init(verbatim content: String) {}
    public var body: Never { fatalError() }
}

public struct Image: View, Sendable {
    public nonisolated init(uiImage: UIImage) {}
    public nonisolated func resizable() -> Image { self }
    public var body: Never { fatalError() }
}

/// Not to be used beside the tokens' own of this name.
public struct Label: View {
    public var body: Never { fatalError() }
}

// MARK: - Layout

public struct VStack<Content: View>: View {
    public init(alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) {}
    public var body: Never { fatalError() }
}
public struct HStack<Content: View>: View {
    public init(alignment: VerticalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) {}
    public var body: Never { fatalError() }
}
public struct ZStack<Content: View>: View {
    public init(@ViewBuilder content: () -> Content) {}
    public var body: Never { fatalError() }
}
public struct LazyVStack<Content: View>: View {
    public init(alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) {}
    public var body: Never { fatalError() }
}
public struct GridItem: Sendable {
    public enum Size: Sendable { case adaptive(minimum: CGFloat, maximum: CGFloat = .infinity) }
    public init(_ size: Size, spacing: CGFloat? = nil) {}
}
public struct LazyVGrid<Content: View>: View {
    public init(columns: [GridItem], spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) {}
    public var body: Never { fatalError() }
}
public struct Group<Content: View>: View {
    public init(@ViewBuilder content: () -> Content) {}
    public var body: Never { fatalError() }
}
public struct ViewThatFits<Content: View>: View {
    public init(in axes: Axis.Set = [.horizontal, .vertical], @ViewBuilder content: () -> Content) {}
    public var body: Never { fatalError() }
}
public struct ScrollView<Content: View>: View {
    public init(_ axes: Axis.Set = .vertical, @ViewBuilder content: () -> Content) {}
    public var body: Never { fatalError() }
}
public struct Spacer: View {
    public init(minLength: CGFloat? = nil) {}
    public var body: Never { fatalError() }
}
public struct Divider: View {
    public init() {}
    public var body: Never { fatalError() }
}

public struct ForEach<Data: RandomAccessCollection, ID: Hashable, Content: View>: View {
    public init(_ data: Data, id: KeyPath<Data.Element, ID>, @ViewBuilder content: @escaping (Data.Element) -> Content) {}
    public var body: Never { fatalError() }
}
extension ForEach where Data.Element: Identifiable, ID == Data.Element.ID {
    public init(_ data: Data, @ViewBuilder content: @escaping (Data.Element) -> Content) {}
}

public struct List<Selection: Hashable, Content: View>: View {
    public init<Data: RandomAccessCollection, Row: View>(
        _ data: Data, selection: Binding<Selection?>?, @ViewBuilder rowContent: @escaping (Data.Element) -> Row
    ) where Data.Element: Identifiable, Content == ForEach<Data, Data.Element.ID, Row> {}
    public var body: Never { fatalError() }
}

// MARK: - Navigation

public struct NavigationStack<Data, Root: View>: View {
    public init(@ViewBuilder root: () -> Root) where Data == Never {}
    public init(path: Binding<Data>, @ViewBuilder root: () -> Root)
    where Data: MutableCollection & RandomAccessCollection & RangeReplaceableCollection, Data.Element: Hashable {}
    public var body: Never { fatalError() }
}
public struct NavigationSplitView<Sidebar: View, Detail: View>: View {
    public init(@ViewBuilder sidebar: () -> Sidebar, @ViewBuilder detail: () -> Detail) {}
    public var body: Never { fatalError() }
}
public struct TabView<Selection: Hashable, Content: View>: View {
    public init(selection: Binding<Selection>?, @ViewBuilder content: () -> Content) {}
    public var body: Never { fatalError() }
}

@MainActor @preconcurrency
public protocol ToolbarContent {}
public struct ToolbarItemPlacement: Sendable {
    public static let primaryAction = ToolbarItemPlacement()
    public static let confirmationAction = ToolbarItemPlacement()
    public static let cancellationAction = ToolbarItemPlacement()
}
public struct ToolbarItem<Content: View>: ToolbarContent {
    public init(placement: ToolbarItemPlacement, @ViewBuilder content: () -> Content) {}
}
@resultBuilder
public enum ToolbarContentBuilder {
    public static func buildBlock<T: ToolbarContent>(_ content: T) -> T { content }
}

// MARK: - What is tapped and typed

public struct ButtonRole: Sendable {
    public static let destructive = ButtonRole()
    public static let cancel = ButtonRole()
}
public struct Button<Content: View>: View {
    public init(role: ButtonRole? = nil, action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> Content) {}
    public init(action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> Content) {}
    public var body: Never { fatalError() }
}
extension Button where Content == Text {
    public init<S: StringProtocol>(_ title: S, action: @escaping @MainActor () -> Void) {}
    public init<S: StringProtocol>(_ title: S, role: ButtonRole?, action: @escaping @MainActor () -> Void) {}
}
public struct Toggle<Content: View>: View {
    public init(isOn: Binding<Bool>, @ViewBuilder label: () -> Content) {}
    public var body: Never { fatalError() }
}
public struct TextField: View {
    public init<S: StringProtocol>(_ title: S, text: Binding<String>) {}
    public init<S: StringProtocol>(_ title: S, text: Binding<String>, axis: Axis) {}
    public var body: Never { fatalError() }
}
public struct SecureField: View {
    public init<S: StringProtocol>(_ title: S, text: Binding<String>) {}
    public var body: Never { fatalError() }
}
public struct DatePickerComponents: OptionSet, Sendable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static let hourAndMinute = DatePickerComponents(rawValue: 1)
}
public struct DatePicker: View {
    public init<S: StringProtocol>(_ title: S, selection: Binding<Date>, displayedComponents: DatePickerComponents) {}
    public var body: Never { fatalError() }
}
public struct MultiDatePicker: View {
    public init<S: StringProtocol>(_ title: S, selection: Binding<Set<DateComponents>>, in bounds: PartialRangeFrom<Date>) {}
    public var body: Never { fatalError() }
}
public struct ProgressView: View {
    public init() {}
    public init<V: BinaryFloatingPoint>(value: V?, total: V = 1.0) {}
    public var body: Never { fatalError() }
}
public struct SharePreview: Sendable {
    public init<S: StringProtocol>(_ title: S) {}
}
public struct ShareLink<Content: View>: View {
    public init(item: String, @ViewBuilder label: () -> Content) {}
    public init<I: Transferable>(item: I, preview: SharePreview, @ViewBuilder label: () -> Content) {}
    public var body: Never { fatalError() }
}

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
public enum DynamicTypeSize: Sendable { case large, accessibility3 }
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
}
public struct AccessibilityTraits: SetAlgebra, Sendable {
    public typealias ArrayLiteralElement = AccessibilityTraits
    public init() {}
    public static let isHeader = AccessibilityTraits()
    public static let isSelected = AccessibilityTraits()
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
    public func modifier<M: ViewModifier>(_ modifier: M) -> some View { Modified() }
    public func font(_ font: Font?) -> some View { Modified() }
    public func foregroundStyle<S: ShapeStyle>(_ style: S) -> some View { Modified() }
    public func tint(_ color: Color?) -> some View { Modified() }
    public func background<S: ShapeStyle>(_ style: S) -> some View { Modified() }
    public func background<S: ShapeStyle, T: Shape>(_ style: S, in shape: T) -> some View { Modified() }
    public func overlay<V: View>(@ViewBuilder content: () -> V) -> some View { Modified() }
    public func padding(_ length: CGFloat) -> some View { Modified() }
    public func padding(_ edges: Edge.Set = .all, _ length: CGFloat? = nil) -> some View { Modified() }
    public func frame(width: CGFloat? = nil, height: CGFloat? = nil, alignment: Alignment = .center) -> some View { Modified() }
    public func frame(
        minWidth: CGFloat? = nil, idealWidth: CGFloat? = nil, maxWidth: CGFloat? = nil, minHeight: CGFloat? = nil,
        idealHeight: CGFloat? = nil, maxHeight: CGFloat? = nil, alignment: Alignment = .center
    ) -> some View { Modified() }
    public func aspectRatio(_ ratio: CGFloat? = nil, contentMode: ContentMode) -> some View { Modified() }
    public func scaledToFill() -> some View { Modified() }
    public func clipShape<S: Shape>(_ shape: S) -> some View { Modified() }
    public func contentShape<S: Shape>(_ shape: S) -> some View { Modified() }
    public func contentShape<S: Shape>(_ kind: ContentShapeKinds, _ shape: S) -> some View { Modified() }
    public func multilineTextAlignment(_ alignment: TextAlignment) -> some View { Modified() }
    public func textSelection<S: TextSelectability>(_ selectability: S) -> some View { Modified() }
    public func redacted(reason: RedactionReasons) -> some View { Modified() }
    public func disabled(_ disabled: Bool) -> some View { Modified() }
    public func id<ID: Hashable>(_ id: ID) -> some View { Modified() }
    public func tag<V: Hashable>(_ tag: V) -> some View { Modified() }
    public func badge(_ count: Int) -> some View { Modified() }
    public func tabItem<V: View>(@ViewBuilder _ label: () -> V) -> some View { Modified() }
    public func safeAreaInset<V: View>(edge: VerticalEdge, @ViewBuilder content: () -> V) -> some View { Modified() }
    public func buttonStyle<S: PrimitiveButtonStyle>(_ style: S) -> some View { Modified() }
    public func controlSize(_ size: ControlSize) -> some View { Modified() }
    public func navigationTitle<S: StringProtocol>(_ title: S) -> some View { Modified() }
    public func navigationDestination<D: Hashable, C: View>(
        for data: D.Type, @ViewBuilder destination: @escaping (D) -> C
    ) -> some View { Modified() }
    public func toolbar<T: ToolbarContent>(@ToolbarContentBuilder content: () -> T) -> some View { Modified() }
    public func sheet<C: View>(
        isPresented: Binding<Bool>, onDismiss: (() -> Void)? = nil, @ViewBuilder content: @escaping () -> C
    ) -> some View { Modified() }
    public func interactiveDismissDisabled(_ disabled: Bool = true) -> some View { Modified() }
    public func refreshable(action: @escaping @Sendable () async -> Void) -> some View { Modified() }
    public func task(@_inheritActorContext _ action: @escaping @Sendable () async -> Void) -> some View { Modified() }
    public func onAppear(perform action: (() -> Void)? = nil) -> some View { Modified() }
    public func onSubmit(_ action: @escaping (() -> Void)) -> some View { Modified() }
    public func onChange<V: Equatable>(
        of value: V, initial: Bool = false, _ action: @escaping (_ old: V, _ new: V) -> Void
    ) -> some View { Modified() }
    public func environment<V>(_ path: WritableKeyPath<EnvironmentValues, V>, _ value: V) -> some View { Modified() }
    public func environment<T: AnyObject & Observable>(_ object: T?) -> some View { Modified() }
    public func preferredColorScheme(_ scheme: ColorScheme?) -> some View { Modified() }
    public func previewDisplayName(_ name: String?) -> some View { Modified() }
    public func dynamicTypeSize(_ size: DynamicTypeSize) -> some View { Modified() }
    public func focused(_ condition: FocusState<Bool>.Binding) -> some View { Modified() }
    public func keyboardType(_ type: UIKeyboardType) -> some View { Modified() }
    public func textContentType(_ type: UITextContentType?) -> some View { Modified() }
    public func textInputAutocapitalization(_ capitals: TextInputAutocapitalization?) -> some View { Modified() }
    public func autocorrectionDisabled(_ disabled: Bool = true) -> some View { Modified() }
    public func accessibilityLabel(_ label: Text) -> some View { Modified() }
    public func accessibilityValue(_ value: Text) -> some View { Modified() }
    public func accessibilityHint(_ hint: Text) -> some View { Modified() }
    public func accessibilityHidden(_ hidden: Bool) -> some View { Modified() }
    public func accessibilityAddTraits(_ traits: AccessibilityTraits) -> some View { Modified() }
    public func accessibilityElement(children: AccessibilityChildBehavior = .ignore) -> some View { Modified() }
}
