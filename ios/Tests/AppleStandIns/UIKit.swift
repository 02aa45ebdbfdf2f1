//  A stand-in for UIKit: as much of it as the app and `Pmi` use.

@_exported import Foundation

public struct UIBackgroundTaskIdentifier: Equatable, Sendable {
    public static let invalid = UIBackgroundTaskIdentifier()
}

@MainActor
open class UIApplication {
    public class var shared: UIApplication { fatalError() }
    nonisolated public static let openSettingsURLString = ""

    public func beginBackgroundTask(
        withName name: String?, expirationHandler: (@MainActor @Sendable () -> Void)? = nil
    ) -> UIBackgroundTaskIdentifier { .invalid }

    public func endBackgroundTask(_ identifier: UIBackgroundTaskIdentifier) {}
}

public enum UIAccessibility {
    public struct Notification: Sendable {
        public static let announcement = Notification()
    }
    @MainActor public static func post(notification: Notification, argument: Any?) {}
}

public enum UIAccessibilityContrast: Sendable { case unspecified, normal, high }
public enum UIUserInterfaceStyle: Sendable { case unspecified, light, dark }

open class UITraitCollection: @unchecked Sendable {
    public var userInterfaceStyle: UIUserInterfaceStyle { .light }
    public var accessibilityContrast: UIAccessibilityContrast { .normal }
}

open class UIColor: @unchecked Sendable {
    public init(red: CGFloat, green: CGFloat, blue: CGFloat, alpha: CGFloat) {}
    public init(dynamicProvider: @escaping @Sendable (UITraitCollection) -> UIColor) {}
}

open class UIImage: @unchecked Sendable {
    public enum RenderingMode: Sendable { case automatic, alwaysOriginal, alwaysTemplate }
    public init?(data: Data) {}
    public var size: CGSize { CGSize() }
    public func withRenderingMode(_ mode: RenderingMode) -> UIImage { self }
    public func byPreparingThumbnail(ofSize size: CGSize) async -> UIImage? { nil }
}

open class UIGraphicsImageRendererContext {
    public var cgContext: CGContext { fatalError() }
}

open class UIGraphicsImageRenderer {
    public init(size: CGSize) {}
    public func image(actions: (UIGraphicsImageRendererContext) -> Void) -> UIImage { fatalError() }
}

// What UIKit hands on of CoreGraphics.
public enum CGLineCap: Sendable { case butt, round }
public enum CGLineJoin: Sendable { case miter, round }

open class CGPath {
    public init() {}
}

open class CGContext {
    public func setLineWidth(_ width: CGFloat) {}
    public func setLineCap(_ cap: CGLineCap) {}
    public func setLineJoin(_ join: CGLineJoin) {}
    public func addPath(_ path: CGPath) {}
    public func strokePath() {}
    public func fillPath() {}
}

public enum UIKeyboardType: Sendable { case `default`, asciiCapable, emailAddress, phonePad }

public struct UITextContentType: Hashable, Sendable {
    public static let username = Self()
    public static let password = Self()
    public static let newPassword = Self()
    public static let oneTimeCode = Self()
    public static let telephoneNumber = Self()
    public static let givenName = Self()
    public static let familyName = Self()
    public static let fullStreetAddress = Self()
}
