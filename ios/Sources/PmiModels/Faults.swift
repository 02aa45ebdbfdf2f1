//  Where a form has something to be mended: the first place in the order in which it is drawn, for the cursor and the page to go to.

import Pmi

/// A field of the sign-in.
public enum SignInField: Hashable, Sendable {
    case email, password
}

/// A part of the form of a booking.
public enum BookPart: Hashable, Sendable {
    case vehicle, service, center, day, time, notes, photos
}

extension SignIn {
    /// The first field that something is wrong with.
    public var fault: SignInField? {
        first([(.email, email.problem), (.password, password.problem)])
    }
}

extension Register {
    /// The first field that something is wrong with.
    public var fault: RegisterField? {
        first([
            (.email, email.problem), (.password, password.problem), (.repeated, repeated.problem), (.firstName, firstName.problem),
            (.lastName, lastName.problem), (.phone, phone.problem), (.address, address.problem),
        ])
    }
}

extension ForgottenPassword {
    /// The first field of this step that something is wrong with.
    public var fault: ResetField? {
        switch step {
        case .ask: first([(.email, email.problem)])
        case .set: first([(.code, code.problem), (.password, password.problem), (.repeated, repeated.problem)])
        case .done: nil
        }
    }
}

extension Account {
    /// The first field of the open form that something is wrong with.
    public var fault: AccountField? {
        if let form = edit {
            return first([
                (.firstName, form.firstName.problem), (.lastName, form.lastName.problem), (.phone, form.phone.problem),
                (.address, form.address.problem),
            ])
        }
        if let form = password {
            return first([
                (.currentPassword, form.current.problem), (.newPassword, form.new.problem), (.repeatedPassword, form.repeated.problem),
            ])
        }
        return first([(.currentPassword, deletion?.password.problem)])
    }
}

extension Book {
    /// The first part that something is wrong with, and what.
    public var fault: (part: BookPart, problem: PmiText)? {
        let parts: [(BookPart, PmiText?)] = [
            (.vehicle, vehicleProblem), (.service, serviceProblem), (.center, centerProblem), (.day, dayProblem), (.time, timeProblem),
            (.notes, notes.problem), (.photos, photoProblem),
        ]
        return parts.lazy.compactMap { part, problem in problem.map { (part, $0) } }.first
    }
}

private func first<Name>(_ fields: [(Name, PmiText?)]) -> Name? {
    fields.first { $0.1 != nil }?.0
}
