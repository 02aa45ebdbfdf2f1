//  What is kept while the app does not run: where the person was, and what they typed. The system has it, in the app's own container.
//
//  Promised: no password, no code and no photo is in it; it is taken up only by an app that begins as it was left, with somebody signed in or
//  with nobody. How far the form of a booking was filled in is the core's to say and to read.

import Foundation
import Pmi

/// What is kept.
struct Kept: Codable {
    var home: Home.Kept?
    var entrance: Entrance.Kept?

    init(home: Home.Kept? = nil, entrance: Entrance.Kept? = nil) {
        self.home = home
        self.entrance = entrance
    }

    /// What `encoded` gave.
    init?(_ encoded: Data) {
        guard let kept = try? PropertyListDecoder().decode(Self.self, from: encoded) else { return nil }
        self = kept
    }

    var encoded: Data? {
        let encoder = PropertyListEncoder()
        encoder.outputFormat = .binary
        return try? encoder.encode(self)
    }
}

/// How far the registration was filled in.
struct RegisterDraft: Codable, Equatable {
    var email: String
    var firstName: String
    var lastName: String
    var phone: String
    var address: String

    /// What fills it in like this.
    var intents: [RegisterIntent] {
        [
            .change(field: .email, text: email),
            .change(field: .firstName, text: firstName),
            .change(field: .lastName, text: lastName),
            .change(field: .phone, text: phone),
            .change(field: .address, text: address),
        ]
    }
}

extension Register {
    var draft: RegisterDraft {
        RegisterDraft(
            email: email.value, firstName: firstName.value, lastName: lastName.value, phone: phone.value, address: address.value)
    }
}

/// How far the way to a new password was gone: while somebody looks for the code in their mail.
struct ResetDraft: Codable, Equatable {
    var email: String
    var hasCode: Bool
}

extension ForgottenPassword {
    var draft: ResetDraft { ResetDraft(email: email.value, hasCode: step == .set) }
}
