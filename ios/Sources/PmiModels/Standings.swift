//  What is said beside a screen of how old it is.

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
