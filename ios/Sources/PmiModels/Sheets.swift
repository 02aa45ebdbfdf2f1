//  What is asked on top of a screen, as a value that a sheet is bound to: it stays what it was until it is gone.

import Pmi

/// What is asked on top of the account. One at a time.
public enum AccountSheet: Identifiable, Equatable, Sendable {
    case profile(ProfileForm)
    case password(PasswordForm)
    case deletion(DeletionForm)
    case unsent(UnsentQuestion)

    /// Which it is, whatever was typed there.
    public enum Kind: Hashable, Sendable {
        case profile, password, deletion, unsent
    }

    public var id: Kind {
        switch self {
        case .profile: .profile
        case .password: .password
        case .deletion: .deletion
        case .unsent: .unsent
        }
    }

    /// What closes it.
    public var closing: AccountIntent {
        switch self {
        case .profile, .password, .deletion: .close
        case .unsent: .stay
        }
    }
}

extension Account {
    /// What is open.
    public var sheet: AccountSheet? {
        unsent.map(AccountSheet.unsent) ?? edit.map(AccountSheet.profile) ?? password.map(AccountSheet.password)
            ?? deletion.map(AccountSheet.deletion)
    }
}

/// Asked before a booking is called off.
public struct CallingOff: Identifiable, Equatable, Sendable {
    public let question: CallOffQuestion

    public var id: BookingId { question.booking.id }
}

extension Bookings {
    /// What is asked.
    public var callingOff: CallingOff? { question.map(CallingOff.init) }
}
