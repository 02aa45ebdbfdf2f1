//  What a client needs to know before it opens, with the defaults that are right for an app of one process. Promised: folders that no
//  backup holds and that can be read after the first unlock, unless more is asked for (the core says so of them).

import Foundation
import PmiGenerated

/// What a client needs to know before it opens.
///
/// The defaults are for an app without extensions. An app that shares its session with one names its App Group and its keychain access
/// group, the same in both:
///
/// ```swift
/// var configuration = PmiConfiguration(server: server)
/// configuration.folders = try .appGroup("group.io.pmi.example")
/// configuration.keys = .system(accessGroup: "TEAMID.io.pmi.example")
/// ```
public struct PmiConfiguration: Sendable, Equatable {
    /// The server, such as `https://pmi.example`. `http` is taken for this machine only.
    public var server: URL
    /// What the app calls itself to the server, which may refuse one that is too old (``PmiError/upgradeRequired(problem:reason:)``).
    public var app: PmiApp?
    /// Where files are kept.
    public var folders: PmiFolders
    /// Where the keys are kept.
    public var keys: PmiKeys
    /// The zone that the service centres' clocks show, for a server that does not say. `Asia/Kolkata` by default.
    public var centerTimeZone: TimeZone?
    /// Bytes that the cache takes at most: 1,000,000 to 1,000,000,000,000; 64,000,000 by default.
    public var cacheCap: UInt64?
    /// When iOS lets files be read. By default from the first unlock since the device was started, so that a locked phone sends what waits;
    /// more than that keeps background tasks from their work. Means nothing on a Mac.
    public var fileProtection: FileProtection

    /// Takes what is not said from the defaults.
    public init(
        server: URL,
        app: PmiApp? = .main,
        folders: PmiFolders = .app,
        keys: PmiKeys = .system(),
        centerTimeZone: TimeZone? = nil,
        cacheCap: UInt64? = nil,
        fileProtection: FileProtection = .completeUntilFirstUserAuthentication
    ) {
        self.server = server
        self.app = app
        self.folders = folders
        self.keys = keys
        self.centerTimeZone = centerTimeZone
        self.cacheCap = cacheCap
        self.fileProtection = fileProtection
    }

    func lowered() -> PmiConfig {
        PmiConfig(
            server: server.absoluteString,
            dataDir: folders.data.path,
            cacheDir: folders.caches.path,
            app: app.map { AppIdentity(name: $0.name, version: $0.version) },
            keyStore: keys.lowered(),
            centerTimeZone: centerTimeZone?.identifier,
            cacheCap: cacheCap,
            fileProtection: fileProtection)
    }
}

/// An app's name and version, as the server sees them.
public struct PmiApp: Sendable, Equatable {
    /// Its name: 1 to 64 letters, digits, dots and hyphens.
    public var name: String
    /// Its version, such as `1.2.3`: likewise.
    public var version: String

    /// An app of this name and version.
    public init(name: String, version: String) {
        self.name = name
        self.version = version
    }

    /// The app that runs, as its `Info.plist` says; none where it does not say.
    public static var main: PmiApp? {
        let bundle = Bundle.main
        guard
            let name = bundle.bundleIdentifier,
            let version = bundle.object(forInfoDictionaryKey: "CFBundleShortVersionString") as? String
        else { return nil }
        return PmiApp(name: name, version: version)
    }
}

/// Where files are kept.
public struct PmiFolders: Sendable, Equatable {
    /// What must not be lost: the session and the unsent bookings.
    public var data: URL
    /// What can be read again.
    public var caches: URL

    /// Two folders of the app's choice, which the client makes.
    public init(data: URL, caches: URL) {
        self.data = data
        self.caches = caches
    }

    /// The app's own: `io.pmi` in `Application Support` and in `Caches`.
    public static var app: PmiFolders {
        PmiFolders(in: .applicationSupportDirectory, .cachesDirectory)
    }

    private init(in data: FileManager.SearchPathDirectory, _ caches: FileManager.SearchPathDirectory) {
        // Of the user's domain there is always one; a home that is none is found out when the files are opened.
        func folder(_ directory: FileManager.SearchPathDirectory) -> URL {
            let found = FileManager.default.urls(for: directory, in: .userDomainMask).first
            return (found ?? URL(fileURLWithPath: NSTemporaryDirectory())).appendingPathComponent("io.pmi", isDirectory: true)
        }
        self.init(data: folder(data), caches: folder(caches))
    }

    /// Those of an App Group, which an app shares with its extensions.
    ///
    /// - Throws: ``PmiError/invalidInput(field:reason:)`` where the app has no such group among its entitlements, and on systems without
    ///   App Groups.
    public static func appGroup(_ identifier: String) throws(PmiError) -> PmiFolders {
        #if canImport(Darwin)
            let container = FileManager.default.containerURL(forSecurityApplicationGroupIdentifier: identifier)
        #else
            let container: URL? = nil
        #endif
        guard let container else {
            throw .invalidInput(field: "appGroup", reason: "the app has no such group among its entitlements")
        }
        return PmiFolders(inContainer: container)
    }

    /// Where an app's own would be, in a group's container.
    init(inContainer container: URL) {
        let library = container.appendingPathComponent("Library", isDirectory: true)
        self.init(
            data: library.appendingPathComponent("Application Support/io.pmi", isDirectory: true),
            caches: library.appendingPathComponent("Caches/io.pmi", isDirectory: true))
    }
}

/// Where the keys of a session are kept.
public enum PmiKeys: Sendable, Equatable {
    /// The Keychain, or a desktop's Secret Service.
    ///
    /// `accessGroup`: the keychain access group that an app shares with its extensions.
    case system(service: String = "io.pmi", accessGroup: String? = nil)
    /// A file in this folder that only this user may read. For desktops without a Secret Service.
    case file(URL)
    /// This process. Whoever signs in is signed out when it ends.
    case memory

    func lowered() -> KeyStore {
        switch self {
        case .system(let service, let accessGroup): .system(service: service, accessGroup: accessGroup)
        case .file(let folder): .file(dir: folder.path)
        case .memory: .memory
        }
    }
}
