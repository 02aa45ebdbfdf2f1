//  A stand-in for BackgroundTasks: as much of it as `Pmi` uses.

@_exported import Foundation

open class BGTaskRequest {
    public var earliestBeginDate: Date?
}

open class BGAppRefreshTaskRequest: BGTaskRequest {
    public init(identifier: String) {}
}

open class BGTaskScheduler: @unchecked Sendable {
    public class var shared: BGTaskScheduler { fatalError() }

    public func submit(_ request: BGTaskRequest) throws {}
}
