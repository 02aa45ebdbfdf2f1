//  What is said beside a screen of how old it is, and a pull that lasts as long as what it asked for.

import Foundation
import Pmi
import PmiDesign

extension Standing {
    /// The line beside what is shown: "as of 9:41, offline"; none where it is as it should be.
    public func line(_ speech: Speech) -> String? {
        switch (offline, asOf) {
        case (true, let asOf?): speech(.asOfOffline, speech(asOf))
        case (true, nil): speech(.offline)
        case (false, let asOf?) where stale: speech(.asOf, speech(asOf))
        case (false, _): nil
        }
    }
}

extension ScreenModel {
    /// Sends, and returns when the record no longer says that it works on it.
    public func send(_ intent: Intent, andWaitWhile works: (Record) -> Bool) async {
        send(intent)
        // The record is followed by the view that is pulled; where it is gone, so is this Task.
        while let record, works(record), !Task.isCancelled { try? await Task.sleep(for: .milliseconds(50)) }
    }
}
