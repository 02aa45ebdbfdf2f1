// Made by `pmi-pack design` from bindings/design: change it there.

import Pmi

/// The shells' own texts, by their names in the String Catalog; those of the core are `TextKey`s.
public enum Label: String, CaseIterable, Sendable {
    /// PMI
    case appName = "label_app_name"
    /// Back
    case back = "label_back"
    /// Close
    case close = "label_close"
    /// Cancel
    case cancel = "label_cancel"
    /// Save
    case save = "label_save"
    /// Done
    case done = "label_done"
    /// Next
    case next = "label_next"
    /// More
    case more = "label_more"
    /// Refresh
    case refresh = "label_refresh"
    /// Refreshing
    case refreshing = "label_refreshing"
    /// Loading
    case loading = "label_loading"
    /// Working
    case working = "label_working"
    /// Chosen
    case chosen = "label_chosen"
    /// Optional
    case optional = "label_optional"
    /// Unknown
    case unknown = "label_unknown"
    /// Share
    case share = "label_share"
    /// Copy
    case copy = "label_copy"
    /// Copied
    case copied = "label_copied"
    /// Show more
    case expand = "label_expand"
    /// Show less
    case collapse = "label_collapse"
    /// Today
    case today = "label_today"
    /// Yesterday
    case yesterday = "label_yesterday"
    /// Without a date
    case noDate = "label_no_date"
    /// As of {0}
    case asOf = "label_as_of"
    /// Offline
    case offline = "label_offline"
    /// As of {0}, offline
    case asOfOffline = "label_as_of_offline"
    /// Next try at {0}
    case retryAt = "label_retry_at"
    /// Asked for on {0}
    case askedAt = "label_asked_at"
    /// Reference for support: {0}
    case requestId = "label_request_id"
    /// Try again
    case remedyRetry = "label_remedy_retry"
    /// Please wait until {0}
    case remedyWait = "label_remedy_wait"
    /// Sign in
    case remedySignIn = "label_remedy_sign_in"
    /// I have unlocked it
    case remedyUnlock = "label_remedy_unlock"
    /// Open the login page
    case remedyOpenBrowser = "label_remedy_open_browser"
    /// Change network
    case remedyChangeNetwork = "label_remedy_change_network"
    /// Free up space
    case remedyFreeSpace = "label_remedy_free_space"
    /// Update the app
    case remedyUpdateApp = "label_remedy_update_app"
    /// Restart the app
    case remedyRestartApp = "label_remedy_restart_app"
    /// Contact support
    case remedyContactSupport = "label_remedy_contact_support"
    /// Garage
    case tabGarage = "label_tab_garage"
    /// Bookings
    case tabBookings = "label_tab_bookings"
    /// Messages
    case tabNotifications = "label_tab_notifications"
    /// Account
    case tabAccount = "label_tab_account"
    /// Your vehicle, looked after
    case welcomeTitle = "label_welcome_title"
    /// See how your vehicle is doing, know what will need service, and book it in a minute.
    case welcomeBody = "label_welcome_body"
    /// Sign in
    case welcomeSignIn = "label_welcome_sign_in"
    /// Create an account
    case welcomeRegister = "label_welcome_register"
    /// Try the demo
    case welcomeDemo = "label_welcome_demo"
    /// Your data was repaired
    case welcomeSalvageTitle = "label_welcome_salvage_title"
    /// Found on {0}
    case welcomeSalvageFound = "label_welcome_salvage_found"
    /// OK
    case welcomeSalvageSeen = "label_welcome_salvage_seen"
    /// Locked
    case unlockTitle = "label_unlock_title"
    /// One moment
    case decidingTitle = "label_deciding_title"
    /// Demo
    case demoTitle = "label_demo_title"
    /// Everything here is made up and stays on this device.
    case demoBody = "label_demo_body"
    /// Demo: nothing here is real
    case demoBanner = "label_demo_banner"
    /// Leave the demo
    case demoEnd = "label_demo_end"
    /// Try what happens when…
    case demoFaults = "label_demo_faults"
    /// There is no connection
    case demoOffline = "label_demo_offline"
    /// The server is slow
    case demoSlow = "label_demo_slow"
    /// The server fails
    case demoServerError = "label_demo_server_error"
    /// The session has expired
    case demoExpiredSession = "label_demo_expired_session"
    /// Sign in
    case signInTitle = "label_sign_in_title"
    /// Sign in
    case signInSubmit = "label_sign_in_submit"
    /// Forgot your password?
    case signInForgotten = "label_sign_in_forgotten"
    /// New here? Create an account
    case signInRegister = "label_sign_in_register"
    /// Email
    case fieldEmail = "label_field_email"
    /// name@example.com
    case fieldEmailExample = "label_field_email_example"
    /// Password
    case fieldPassword = "label_field_password"
    /// Current password
    case fieldPasswordCurrent = "label_field_password_current"
    /// New password
    case fieldPasswordNew = "label_field_password_new"
    /// Password once more
    case fieldPasswordRepeated = "label_field_password_repeated"
    /// First name
    case fieldFirstName = "label_field_first_name"
    /// Last name
    case fieldLastName = "label_field_last_name"
    /// Phone number
    case fieldPhone = "label_field_phone"
    /// +91 98765 43210
    case fieldPhoneExample = "label_field_phone_example"
    /// Address
    case fieldAddress = "label_field_address"
    /// Address (optional)
    case fieldAddressOptional = "label_field_address_optional"
    /// Show password
    case showPassword = "label_show_password"
    /// Hide password
    case hidePassword = "label_hide_password"
    /// Create an account
    case registerTitle = "label_register_title"
    /// Create account
    case registerSubmit = "label_register_submit"
    /// Have an account? Sign in
    case registerSignIn = "label_register_sign_in"
    /// About you
    case registerAboutYou = "label_register_about_you"
    /// Forgotten password
    case resetTitle = "label_reset_title"
    /// Enter your email address, and we will send you a code.
    case resetAskBody = "label_reset_ask_body"
    /// Send the code
    case resetAskSubmit = "label_reset_ask_submit"
    /// I have a code already
    case resetHaveCode = "label_reset_have_code"
    /// Send another code
    case resetAskAgain = "label_reset_ask_again"
    /// Set the new password
    case resetSetSubmit = "label_reset_set_submit"
    /// This server cannot reset passwords. Please call your service centre
    case resetUnavailable = "label_reset_unavailable"
    /// Password set
    case resetDoneTitle = "label_reset_done_title"
    /// Code from the email
    case fieldCode = "label_field_code"
    /// Your garage
    case garageTitle = "label_garage_title"
    /// No vehicle yet
    case garageEmptyTitle = "label_garage_empty_title"
    /// Add your vehicle by its number to see how it is doing.
    case garageEmptyBody = "label_garage_empty_body"
    /// Your service centre adds your vehicle for you.
    case garageEmptyCannotAdd = "label_garage_empty_cannot_add"
    /// Health not known yet
    case garageNoHealth = "label_garage_no_health"
    /// Booking
    case garageNextBooking = "label_garage_next_booking"
    /// Open {0}
    case garageOpenVehicle = "label_garage_open_vehicle"
    /// Decide
    case garageDecide = "label_garage_decide"
    /// Add a vehicle
    case addVehicle = "label_add_vehicle"
    /// Add
    case addVehicleSubmit = "label_add_vehicle_submit"
    /// The vehicle was added
    case addVehicleDone = "label_add_vehicle_done"
    /// Vehicle identification number (VIN)
    case fieldVin = "label_field_vin"
    /// 17 letters and digits, in your registration papers and at the foot of the windscreen
    case fieldVinHelp = "label_field_vin_help"
    /// Vehicle
    case vehicleTitle = "label_vehicle_title"
    /// Health
    case vehicleHealth = "label_vehicle_health"
    /// Health {0} of 100
    case vehicleHealthScore = "label_vehicle_health_score"
    /// Drawing of the vehicle with its components
    case vehicleDrawing = "label_vehicle_drawing"
    /// Components
    case vehicleComponents = "label_vehicle_components"
    /// Other components
    case vehicleOtherComponents = "label_vehicle_other_components"
    /// {0}: {1}
    case vehicleComponentState = "label_vehicle_component_state"
    /// No issues known
    case vehicleNoIssues = "label_vehicle_no_issues"
    /// What to do: {0}
    case vehicleAction = "label_vehicle_action"
    /// Predictions
    case vehiclePredictions = "label_vehicle_predictions"
    /// Nothing is predicted to fail
    case vehiclePredictionsEmpty = "label_vehicle_predictions_empty"
    /// {0} likely
    case vehicleProbability = "label_vehicle_probability"
    /// {0} left
    case vehicleDaysLeft = "label_vehicle_days_left"
    /// Sensors
    case vehicleTelemetry = "label_vehicle_telemetry"
    /// The sensors have not said anything yet
    case vehicleTelemetryEmpty = "label_vehicle_telemetry_empty"
    /// Measured on {0}
    case vehicleMeasuredAt = "label_vehicle_measured_at"
    /// Chart of {0}: now {1}
    case vehicleChart = "label_vehicle_chart"
    /// Good: {0} to {1}
    case vehicleGoodRange = "label_vehicle_good_range"
    /// Good: up to {0}
    case vehicleGoodAtMost = "label_vehicle_good_at_most"
    /// Good: from {0}
    case vehicleGoodAtLeast = "label_vehicle_good_at_least"
    /// Service history
    case vehicleHistory = "label_vehicle_history"
    /// No bookings yet
    case vehicleHistoryEmpty = "label_vehicle_history_empty"
    /// About this vehicle
    case vehicleDetails = "label_vehicle_details"
    /// VIN
    case vehicleVin = "label_vehicle_vin"
    /// Mileage
    case vehicleMileage = "label_vehicle_mileage"
    /// Model year
    case vehicleYear = "label_vehicle_year"
    /// Bought on
    case vehiclePurchased = "label_vehicle_purchased"
    /// Warranty
    case vehicleWarranty = "label_vehicle_warranty"
    /// {0}, until {1}
    case vehicleWarrantyUntil = "label_vehicle_warranty_until"
    /// Book a service
    case vehicleBook = "label_vehicle_book"
    /// Book a service
    case bookTitle = "label_book_title"
    /// Choose another time
    case bookMoveTitle = "label_book_move_title"
    /// Now on {0}
    case bookMovingNow = "label_book_moving_now"
    /// No vehicle to book for
    case bookNoVehicleTitle = "label_book_no_vehicle_title"
    /// Add your vehicle in the garage first.
    case bookNoVehicleBody = "label_book_no_vehicle_body"
    /// Vehicle
    case bookVehicle = "label_book_vehicle"
    /// Service
    case bookService = "label_book_service"
    /// Service centre
    case bookCenter = "label_book_center"
    /// The service centre will be chosen for you
    case bookCenterByServer = "label_book_center_by_server"
    /// Day
    case bookDay = "label_book_day"
    /// Choose a day
    case bookChooseDay = "label_book_choose_day"
    /// Time
    case bookTime = "label_book_time"
    /// Choose a time
    case bookChooseTime = "label_book_choose_time"
    /// Free times
    case bookFreeTimes = "label_book_free_times"
    /// Nothing is free on this day. Choose another
    case bookNoFreeTimes = "label_book_no_free_times"
    /// Times of {0}
    case bookZone = "label_book_zone"
    /// Which time do you mean?
    case bookWhichTime = "label_book_which_time"
    /// Notes for the service centre
    case bookNotes = "label_book_notes"
    /// What have you noticed?
    case bookNotesExample = "label_book_notes_example"
    /// Photos
    case bookPhotos = "label_book_photos"
    /// They are sent with the booking, also later if there is no connection now.
    case bookPhotosHelp = "label_book_photos_help"
    /// Add a photo
    case bookAddPhoto = "label_book_add_photo"
    /// Photo {0}, {1}
    case bookPhotoNumber = "label_book_photo_number"
    /// Remove photo {0}
    case bookRemovePhoto = "label_book_remove_photo"
    /// Book
    case bookSubmit = "label_book_submit"
    /// Move the booking
    case bookMoveSubmit = "label_book_move_submit"
    /// Your booking is on its way
    case bookAccepted = "label_book_accepted"
    /// Your booking is saved, and sent as soon as there is a connection
    case bookAcceptedOffline = "label_book_accepted_offline"
    /// Open the calendar
    case pickDay = "label_pick_day"
    /// Set the time
    case pickTime = "label_pick_time"
    /// Previous month
    case previousMonth = "label_previous_month"
    /// Next month
    case nextMonth = "label_next_month"
    /// Earlier days
    case previousDays = "label_previous_days"
    /// Later days
    case nextDays = "label_next_days"
    /// Hour
    case hour = "label_hour"
    /// Minute
    case minute = "label_minute"
    /// Bookings
    case bookingsTitle = "label_bookings_title"
    /// Your decision is needed
    case bookingsDecisions = "label_bookings_decisions"
    /// On their way
    case bookingsPending = "label_bookings_pending"
    /// Upcoming
    case bookingsUpcoming = "label_bookings_upcoming"
    /// Past
    case bookingsPast = "label_bookings_past"
    /// No bookings yet
    case bookingsEmptyTitle = "label_bookings_empty_title"
    /// Book a service, and it shows here.
    case bookingsEmptyBody = "label_bookings_empty_body"
    /// New booking
    case bookingsNew = "label_bookings_new"
    /// Change time
    case bookingMove = "label_booking_move"
    /// Call off
    case bookingCallOff = "label_booking_call_off"
    /// Yes, call it off
    case bookingCallOffConfirm = "label_booking_call_off_confirm"
    /// Keep the booking
    case bookingCallOffStay = "label_booking_call_off_stay"
    /// Takes {0}
    case bookingDuration = "label_booking_duration"
    /// Your notes
    case bookingNotes = "label_booking_notes"
    /// The service centre has
    case bookingServerHas = "label_booking_server_has"
    /// Free instead
    case bookingFreeInstead = "label_booking_free_instead"
    /// Take {0}
    case bookingTakeTime = "label_booking_take_time"
    /// Another time
    case bookingOtherTime = "label_booking_other_time"
    /// {0} of the photos sent
    case bookingPhotosSent = "label_booking_photos_sent"
    /// Messages
    case notificationsTitle = "label_notifications_title"
    /// No messages
    case notificationsEmptyTitle = "label_notifications_empty_title"
    /// Alerts and reminders for your vehicles show here.
    case notificationsEmptyBody = "label_notifications_empty_body"
    /// Mark all as read
    case notificationsMarkAll = "label_notifications_mark_all"
    /// Unread
    case notificationUnread = "label_notification_unread"
    /// Read
    case notificationRead = "label_notification_read"
    /// Show the vehicle
    case notificationOpenVehicle = "label_notification_open_vehicle"
    /// Account
    case accountTitle = "label_account_title"
    /// Profile
    case accountProfile = "label_account_profile"
    /// Edit profile
    case accountEdit = "label_account_edit"
    /// Change password
    case accountChangePassword = "label_account_change_password"
    /// Get a copy of your data
    case accountExport = "label_account_export"
    /// All that the platform holds about you, as a file.
    case accountExportBody = "label_account_export_body"
    /// Your copy is being made
    case accountExporting = "label_account_exporting"
    /// Your copy is ready
    case accountExportReady = "label_account_export_ready"
    /// Save or share
    case accountExportSave = "label_account_export_save"
    /// Delete account
    case accountDelete = "label_account_delete"
    /// Enter your password to go on.
    case accountDeleteBody = "label_account_delete_body"
    /// Go on
    case accountDeleteNext = "label_account_delete_next"
    /// Delete for good
    case accountDeleteConfirm = "label_account_delete_confirm"
    /// Sign out
    case accountSignOut = "label_account_sign_out"
    /// Signing out
    case accountSigningOut = "label_account_signing_out"
    /// Not everything was sent
    case accountUnsentTitle = "label_account_unsent_title"
    /// Keep them and sign out
    case accountUnsentKeep = "label_account_unsent_keep"
    /// Discard them and sign out
    case accountUnsentDiscard = "label_account_unsent_discard"
    /// Stay signed in
    case accountUnsentStay = "label_account_unsent_stay"
    /// Why was I signed out?
    case accountLastEnded = "label_account_last_ended"
    /// Noticed on {0}
    case accountLastEndedAt = "label_account_last_ended_at"
    /// Language
    case accountLanguage = "label_account_language"
    /// Appearance
    case accountAppearance = "label_account_appearance"
    /// Like the device
    case appearanceSystem = "label_appearance_system"
    /// Light
    case appearanceLight = "label_appearance_light"
    /// Dark
    case appearanceDark = "label_appearance_dark"
    /// Diagnostics
    case diagnosticsTitle = "label_diagnostics_title"
    /// Server
    case diagnosticsServer = "label_diagnostics_server"
    /// Interface
    case diagnosticsDialect = "label_diagnostics_dialect"
    /// Server version
    case diagnosticsServerVersion = "label_diagnostics_server_version"
    /// The server says it is
    case diagnosticsServerHealth = "label_diagnostics_server_health"
    /// Library version
    case diagnosticsLibrary = "label_diagnostics_library"
    /// Connection
    case diagnosticsConnection = "label_diagnostics_connection"
    /// Session
    case diagnosticsSession = "label_diagnostics_session"
    /// Changes to be sent
    case diagnosticsOutbox = "label_diagnostics_outbox"
    /// Waiting
    case diagnosticsOutboxWaiting = "label_diagnostics_outbox_waiting"
    /// Of these, may have arrived
    case diagnosticsOutboxUnknown = "label_diagnostics_outbox_unknown"
    /// To be decided
    case diagnosticsOutboxAttention = "label_diagnostics_outbox_attention"
    /// Not tried before {0}
    case diagnosticsOutboxNotBefore = "label_diagnostics_outbox_not_before"
    /// The server asked for a pause until {0}
    case diagnosticsCoolUntil = "label_diagnostics_cool_until"
    /// Nothing is sent before {0}: the server kept failing
    case diagnosticsBreakerUntil = "label_diagnostics_breaker_until"
    /// Damaged files set aside
    case diagnosticsSetAside = "label_diagnostics_set_aside"
    /// What was decided of late
    case diagnosticsTrail = "label_diagnostics_trail"
    /// Nothing yet
    case diagnosticsTrailEmpty = "label_diagnostics_trail_empty"
    /// Last at {0}
    case diagnosticsTrailUntil = "label_diagnostics_trail_until"
    /// Make a report for support
    case diagnosticsExport = "label_diagnostics_export"
    /// The report is ready
    case diagnosticsExportReady = "label_diagnostics_export_ready"
    /// Something went wrong
    case crashTitle = "label_crash_title"
    /// What you entered and booked is safe. Try this screen again.
    case crashBody = "label_crash_body"
    /// Show it again
    case crashRetry = "label_crash_retry"
    /// Send a report
    case crashReport = "label_crash_report"
    /// Back to the garage
    case crashHome = "label_crash_home"
    /// The app cannot start
    case openFailedTitle = "label_open_failed_title"
    /// Its files on this device cannot be opened.
    case openFailedBody = "label_open_failed_body"

    /// Its name in the String Catalog.
    public var catalogueName: String { rawValue }
}

/// One of the shells' own texts that changes with its number: a format of the String Catalog with an `Int` in it.
public enum Counted: String, CaseIterable, Sendable {
    /// {0} vehicles
    case vehicles = "counted_vehicles"
    /// {0} booking changes need your decision
    case attention = "counted_attention"
    /// {0} unread
    case unread = "counted_unread"
    /// {0} issues
    case issues = "counted_issues"
    /// {0} places left
    case placesLeft = "counted_places_left"
    /// {0} photos
    case photos = "counted_photos"
    /// {0} photos still to be sent
    case photosUnsent = "counted_photos_unsent"
    /// {0} characters left
    case charactersLeft = "counted_characters_left"
    /// {0} characters too many
    case charactersOver = "counted_characters_over"
    /// {0} times
    case times = "counted_times"

    /// Its name in the String Catalog.
    public var catalogueName: String { rawValue }
}

extension PmiUnit {
    /// The name of its pattern in the String Catalog.
    public var catalogueName: String {
        switch self {
        case .percent: "unit_percent"
        case .kilometres: "unit_kilometres"
        case .kilometresPerHour: "unit_kilometres_per_hour"
        case .celsius: "unit_celsius"
        case .psi: "unit_psi"
        case .volts: "unit_volts"
        case .revolutionsPerMinute: "unit_revolutions_per_minute"
        case .days: "unit_days"
        case .minutes: "unit_minutes"
        case .seconds: "unit_seconds"
        case .bytes: "unit_bytes"
        case .plain: "unit_plain"
        }
    }

    /// Whether its pattern is a format with an `Int` in it, because its words change with the number.
    public var isCounted: Bool {
        switch self {
        case .days, .minutes, .seconds, .bytes: true
        default: false
        }
    }
}
