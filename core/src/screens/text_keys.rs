//! Every text there is; those of the audit trail stand in `trail_keys`. The comment on a key is its English sentence; `{0}` is
//! its first argument.

use super::text::text_keys;
use super::trail_keys::with_trail_keys;

with_trail_keys! { text_keys! {
    /// {0}
    Words = "words",

    // What went wrong.
    /// No internet connection
    ProblemNoNetwork = "problem_no_network",
    /// The server cannot be reached
    ProblemUnreachable = "problem_unreachable",
    /// The server takes too long to answer
    ProblemTimedOut = "problem_timed_out",
    /// You are working offline
    ProblemOfflineByRequest = "problem_offline_by_request",
    /// This was not loaded on this device yet
    ProblemNotOnDevice = "problem_not_on_device",
    /// This network asks you to log in first
    ProblemCaptivePortal = "problem_captive_portal",
    /// The connection is not safe. Do not go on over this network
    ProblemUntrusted = "problem_untrusted",
    /// The server is busy. Try again at {0}
    ProblemBusy = "problem_busy",
    /// This was interrupted before an answer came
    ProblemInterrupted = "problem_interrupted",
    /// The server has a problem
    ProblemServer = "problem_server",
    /// Unlock this device to go on
    ProblemLocked = "problem_locked",
    /// There is no space left on this device
    ProblemDiskFull = "problem_disk_full",
    /// This app cannot write to its folder
    ProblemDisk = "problem_disk",
    /// This data was written by a newer version of the app
    ProblemNewerData = "problem_newer_data",
    /// This version of the app is too old. Please install the newer one
    ProblemUpgrade = "problem_upgrade",
    /// This is no longer there
    ProblemNotFound = "problem_not_found",
    /// You may not do this
    ProblemNotAllowed = "problem_not_allowed",
    /// The server did not accept this: {0}
    ProblemRefused = "problem_refused",
    /// This server cannot do that
    ProblemUnsupported = "problem_unsupported",
    /// Something went wrong in the app
    ProblemInternal = "problem_internal",
    /// Email or password is wrong
    ProblemWrongCredentials = "problem_wrong_credentials",
    /// There is an account with this email already
    ProblemEmailTaken = "problem_email_taken",
    /// No vehicle with this number is known here
    ProblemVinUnknown = "problem_vin_unknown",
    /// This vehicle belongs to another account
    ProblemVehicleClaimed = "problem_vehicle_claimed",
    /// This account is disabled
    ProblemAccountDisabled = "problem_account_disabled",
    /// This server cannot sign in customers with several vehicles. Please call your service centre
    ProblemKnownDefect = "problem_known_defect",
    /// Some of your changes were not sent yet
    ProblemUnsent = "problem_unsent",
    /// The clocks change then: choose which time you mean
    ProblemAmbiguousTime = "problem_ambiguous_time",

    // Beside what is shown.
    /// As of {0}
    StandingAsOf = "standing_as_of",
    /// As of {0}, offline
    StandingAsOfOffline = "standing_as_of_offline",
    /// Offline
    StandingOffline = "standing_offline",

    // Why somebody is to sign in.
    /// Sign in to see your vehicles
    SignInNever = "sign_in_never",
    /// You signed out
    SignInSignedOut = "sign_in_signed_out",
    /// Your session has expired. Please sign in again
    SignInExpired = "sign_in_expired",
    /// The server ended your session. Please sign in again
    SignInRevoked = "sign_in_revoked",
    /// This account is closed or disabled
    SignInClosed = "sign_in_closed",
    /// This device was restored or reset. Please sign in again
    SignInKeysLost = "sign_in_keys_lost",
    /// Your password was changed. Please sign in with the new one
    SignInPasswordChanged = "sign_in_password_changed",

    // Where an app begins.
    /// Changes that wait for you to sign in: {0}
    WelcomeUnsent = "welcome_unsent",
    /// Your data on this device was damaged and has been repaired
    SalvageFound = "salvage_found",
    /// Unsent changes that were saved: {0}
    SalvageSaved = "salvage_saved",
    /// No change was lost
    SalvageNoneLost = "salvage_none_lost",
    /// Unsent changes that may be lost: {0}. Please look at your bookings
    SalvageLost = "salvage_lost",
    /// Unsent changes may be lost. Please look at your bookings
    SalvageLostUnknown = "salvage_lost_unknown",
    /// You are still signed in
    SalvageSessionKept = "salvage_session_kept",
    /// Please sign in again
    SalvageSessionLost = "salvage_session_lost",

    // Registering, and a forgotten password.
    /// Your account may have been made. Try to sign in
    RegisterMayExist = "register_may_exist",
    /// If there is an account with this email, a code is on its way to it
    ResetSent = "reset_sent",
    /// Your new password may be set. Try to sign in with it
    ResetMayBeDone = "reset_may_be_done",
    /// Your new password is set. Sign in with it
    ResetDone = "reset_done",

    // The account.
    /// Customer
    RoleCustomer = "role_customer",
    /// Viewer
    RoleViewer = "role_viewer",
    /// Mechanic
    RoleMechanic = "role_mechanic",
    /// Service centre
    RoleServiceCenter = "role_service_center",
    /// Administrator
    RoleAdmin = "role_admin",
    /// Your profile is saved
    AccountProfileSaved = "account_profile_saved",
    /// Your password is changed. Other devices are signed out
    AccountPasswordChanged = "account_password_changed",
    /// Your account and everything in it will be deleted for good
    AccountDeletion = "account_deletion",
    /// Changes that were not sent yet: {0}. Keep them for your next sign-in, or discard them?
    AccountUnsent = "account_unsent",

    // What is wrong with a field.
    /// Enter your email address
    FieldEmailEmpty = "field_email_empty",
    /// Enter an email address like name@example.com
    FieldEmailMalformed = "field_email_malformed",
    /// Enter your password
    FieldPasswordEmpty = "field_password_empty",
    /// At least {0} characters
    FieldTooShort = "field_too_short",
    /// At most {0} characters
    FieldTooLong = "field_too_long",
    /// The two passwords differ
    FieldPasswordsDiffer = "field_passwords_differ",
    /// Enter a phone number
    FieldPhoneMalformed = "field_phone_malformed",
    /// This is not your current password
    FieldPasswordWrong = "field_password_wrong",
    /// Enter the code from the email
    FieldResetCodeEmpty = "field_reset_code_empty",
    /// This code is wrong or too old. Ask for a new one
    FieldResetCodeWrong = "field_reset_code_wrong",
    /// Required
    FieldRequired = "field_required",
    /// Not in the right form
    FieldMalformed = "field_malformed",
    /// A vehicle number has 17 letters and digits, without I, O and Q
    FieldVinMalformed = "field_vin_malformed",
    /// There is a typing error in this vehicle number: check each character
    FieldVinMistyped = "field_vin_mistyped",
    /// Contains characters that cannot be stored
    FieldBadCharacters = "field_bad_characters",
    /// The server did not accept this: {0}
    FieldRefused = "field_refused",

    // What is wrong with a field of a booking.
    /// Choose a vehicle
    FieldVehicleEmpty = "field_vehicle_empty",
    /// Choose a service
    FieldServiceEmpty = "field_service_empty",
    /// Choose a service centre
    FieldCenterEmpty = "field_center_empty",
    /// Choose a day
    FieldDayEmpty = "field_day_empty",
    /// There is no such day
    FieldDayMalformed = "field_day_malformed",
    /// This day is over
    FieldDayPast = "field_day_past",
    /// Choose a time
    FieldTimeEmpty = "field_time_empty",
    /// There is no such time
    FieldTimeMalformed = "field_time_malformed",
    /// This time is over
    FieldTimePast = "field_time_past",
    /// The clocks skip this time: choose the one you mean
    FieldTimeSkipped = "field_time_skipped",
    /// The clocks show this time twice: choose the one you mean
    FieldTimeTwice = "field_time_twice",
    /// This time is no longer free: choose another
    FieldTimeTaken = "field_time_taken",
    /// Only JPEG, PNG, WebP and HEIC pictures can be added
    FieldPhotoKind = "field_photo_kind",
    /// A photo has at most {0}
    FieldPhotoTooLarge = "field_photo_too_large",
    /// At most {0} photos
    FieldPhotosTooMany = "field_photos_too_many",

    // How a vehicle or a component is doing.
    /// Healthy
    HealthHealthy = "health_healthy",
    /// Needs attention
    HealthWarning = "health_warning",
    /// Critical
    HealthCritical = "health_critical",
    /// Not known yet
    HealthUnknown = "health_unknown",

    // How bad an issue is.
    /// Low
    SeverityLow = "severity_low",
    /// Medium
    SeverityMedium = "severity_medium",
    /// High
    SeverityHigh = "severity_high",
    /// Critical
    SeverityCritical = "severity_critical",

    // Components.
    /// Engine
    ComponentEngine = "component_engine",
    /// Transmission
    ComponentTransmission = "component_transmission",
    /// Brakes
    ComponentBrakes = "component_brakes",
    /// Battery
    ComponentBattery = "component_battery",
    /// Cooling system
    ComponentCoolingSystem = "component_cooling_system",
    /// Oil system
    ComponentOilSystem = "component_oil_system",
    /// Suspension
    ComponentSuspension = "component_suspension",
    /// Tyres
    ComponentTires = "component_tires",
    /// Exhaust
    ComponentExhaust = "component_exhaust",
    /// Fuel system
    ComponentFuelSystem = "component_fuel_system",

    // What is wrong with a component, where the server has no words for it.
    /// A failure is predicted
    IssuePredicted = "issue_predicted",
    /// The server gives no details
    IssueUnexplained = "issue_unexplained",

    // What the sensors say.
    /// Engine temperature
    ReadingEngineTemperature = "reading_engine_temperature",
    /// Coolant temperature
    ReadingCoolantTemperature = "reading_coolant_temperature",
    /// Oil pressure
    ReadingOilPressure = "reading_oil_pressure",
    /// Battery voltage
    ReadingBatteryVoltage = "reading_battery_voltage",
    /// Vibration
    ReadingVibration = "reading_vibration",
    /// Engine speed
    ReadingEngineSpeed = "reading_engine_speed",
    /// Speed
    ReadingSpeed = "reading_speed",
    /// Odometer
    ReadingOdometer = "reading_odometer",
    /// Fuel level
    ReadingFuelLevel = "reading_fuel_level",

    // Warranty.
    /// Under warranty
    WarrantyRuns = "warranty_runs",
    /// The warranty has ended
    WarrantyOver = "warranty_over",

    // What a notification is about.
    /// Failure alert
    NotificationFailureAlert = "notification_failure_alert",
    /// Appointment reminder
    NotificationReminder = "notification_reminder",
    /// Appointment confirmation
    NotificationConfirmation = "notification_confirmation",
    /// Emergency call
    NotificationEmergencyCall = "notification_emergency_call",

    // How it was sent.
    /// Text message
    ChannelSms = "channel_sms",
    /// Phone call
    ChannelVoice = "channel_voice",
    /// Email
    ChannelEmail = "channel_email",
    /// Push message
    ChannelPush = "channel_push",

    // Services.
    /// General service
    ServiceGeneral = "service_general",
    /// Oil change
    ServiceOilChange = "service_oil_change",
    /// Brake service
    ServiceBrake = "service_brake",
    /// Inspection
    ServiceInspection = "service_inspection",
    /// Repair
    ServiceRepair = "service_repair",

    // Where a booking stands.
    /// Scheduled
    BookingScheduled = "booking_scheduled",
    /// Confirmed
    BookingConfirmed = "booking_confirmed",
    /// In progress
    BookingInProgress = "booking_in_progress",
    /// Completed
    BookingCompleted = "booking_completed",
    /// Called off
    BookingCancelled = "booking_cancelled",

    // Where a write stands.
    /// Waiting to be sent
    PendingQueued = "pending_queued",
    /// Waiting for a connection
    PendingNetwork = "pending_network",
    /// Waiting for the server
    PendingServer = "pending_server",
    /// Finding out whether it arrived
    PendingCertainty = "pending_certainty",
    /// Waiting for Wi-Fi
    PendingDataSaver = "pending_data_saver",
    /// Being sent
    PendingSending = "pending_sending",
    /// Waiting for your decision on another change
    PendingBlocked = "pending_blocked",
    /// Not accepted: {0}
    PendingRejected = "pending_rejected",
    /// This time has been taken
    PendingSlotTaken = "pending_slot_taken",
    /// The booking was changed elsewhere
    PendingChanged = "pending_changed",
    /// The booking can no longer be changed
    PendingNotChangeable = "pending_not_changeable",
    /// The service centre booked another time
    PendingMoved = "pending_moved",

    // What a person asked for, and can do about it.
    /// You asked for {0}
    AskedBook = "asked_book",
    /// You moved it to {0}
    AskedMove = "asked_move",
    /// You called it off
    AskedCallOff = "asked_call_off",
    /// You added a photo
    AskedPhoto = "asked_photo",
    /// Send now
    WaySendNow = "way_send_now",
    /// Try again
    WayTryAgain = "way_try_again",
    /// Ask for mine all the same
    WayInsist = "way_insist",
    /// Keep what the service centre has
    WayKeepServers = "way_keep_servers",
    /// Give up this booking
    WayGiveUp = "way_give_up",
    /// Leave the booking as it is
    WayLeave = "way_leave",
    /// Leave it unread
    WayLeaveUnread = "way_leave_unread",
    /// Remove the photo
    WayRemovePhoto = "way_remove_photo",
    /// Call off the booking on {0}?
    CallOffAsk = "call_off_ask",
    // Diagnostics: the server, the session, the network.
    /// Never reached
    DialectUnknown = "dialect_unknown",
    /// Version 1
    DialectFirst = "dialect_first",
    /// Version 2
    DialectSecond = "dialect_second",
    /// Well
    ServerWell = "server_well",
    /// Not well
    ServerIll = "server_ill",
    /// Not tried yet
    ReachUnknown = "reach_unknown",
    /// Online
    ReachOnline = "reach_online",
    /// Not looked at yet
    SessionUnknown = "session_unknown",
    /// Signed in
    SessionSignedIn = "session_signed_in",
    /// Signed in, being renewed
    SessionRefreshing = "session_refreshing",
    /// Signed in, finding out whether it was renewed
    SessionRefreshUnknown = "session_refresh_unknown",
    /// Signed in, but the keys are locked
    SessionLocked = "session_locked",
    /// Cannot be read
    SessionUnreadable = "session_unreadable",
} }
