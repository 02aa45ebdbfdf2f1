//  What the system says of the network and the battery, for the core to judge.

import Foundation

/// How the device stands.
public struct DeviceConditions: Sendable, Equatable {
    /// Whether there is a network.
    public var network: Bool
    /// Whether the person wishes to save data.
    public var dataSaver: Bool
    /// Whether the battery is to be spared.
    public var lowBattery: Bool

    public init(network: Bool, dataSaver: Bool, lowBattery: Bool) {
        self.network = network
        self.dataSaver = dataSaver
        self.lowBattery = lowBattery
    }
}

#if canImport(Network)
    import Network

    extension DeviceConditions {
        /// What the system says: now, and after each change of the network or of the low power mode.
        public static var ofThisDevice: AsyncStream<DeviceConditions> {
            AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
                let monitor = NWPathMonitor()
                let tell: @Sendable (NWPath) -> Void = { path in
                    continuation.yield(
                        DeviceConditions(
                            network: path.status != .unsatisfied,
                            dataSaver: path.isConstrained,
                            lowBattery: ProcessInfo.processInfo.isLowPowerModeEnabled))
                }
                monitor.pathUpdateHandler = tell
                let power = Task {
                    for await _ in NotificationCenter.default.notifications(named: .NSProcessInfoPowerStateDidChange).map({ _ in () }) {
                        tell(monitor.currentPath)
                    }
                }
                continuation.onTermination = { _ in
                    power.cancel()
                    monitor.cancel()
                }
                monitor.start(queue: .global(qos: .utility))
            }
        }
    }
#endif
