import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// What a keyboard can do anywhere in the app.
struct Keyboard: Commands {
    let app: AppModel

    var body: some Commands {
        let speech = Speech(CatalogWording())
        CommandMenu(speech(.appName)) {
            if let home = app.session?.home {
                Button(speech(.tabGarage)) { home.show(.garage) }.keyboardShortcut("1")
                Button(speech(.tabBookings)) { home.show(.bookings) }.keyboardShortcut("2")
                Button(speech(.tabNotifications)) { home.show(.notifications) }.keyboardShortcut("3")
                Button(speech(.tabAccount)) { home.show(.account) }.keyboardShortcut("4")
                Divider()
                Button(speech(.bookingsNew)) { home.open(.book(nil)) }
                    .keyboardShortcut("n")
                    .disabled(home.bookings.record?.canBook != true)
                Button(speech(.refresh), action: home.refresh).keyboardShortcut("r")
            }
        }
    }
}
