//! What Xcode is given to read: the project, what it names, and what each says of the app.

use serde_json::Value;

use super::common::root;
use super::read;

#[test]
fn the_project_names_what_is_there() {
    let ios = root().join("ios");
    let project = read("ios/project.yml");
    let mut named = 0;
    for line in project.lines().map(str::trim) {
        let path = [
            "- path: ",
            "path: ",
            "INFOPLIST_FILE: ",
            "CODE_SIGN_ENTITLEMENTS: ",
        ]
        .iter()
        .find_map(|key| line.strip_prefix(key));
        if let Some(path) = path {
            assert!(ios.join(path).exists(), "project.yml names {path}");
            named += 1;
        }
        if let Some(file) = line.strip_prefix("- Resources/") {
            assert!(
                ios.join("App/Resources").join(file).exists(),
                "project.yml excludes {file}"
            );
        }
        assert!(!line.contains('\t'), "a tab is no indentation: {line}");
    }
    assert_eq!(named, 5);
    let package = read("ios/Package.swift");
    for product in project
        .lines()
        .filter_map(|line| line.trim().strip_prefix("product: "))
    {
        let library = format!(".library(name: \"{product}\"");
        assert!(package.contains(&library), "{product}");
    }
    // Each key of the app's own is set, and each that is asked for is there.
    let (plist, settings) = (
        read("ios/App/Resources/Info.plist"),
        read("ios/App/Settings.swift"),
    );
    let keys: Vec<&str> = plist
        .split("<key>PMI")
        .skip(1)
        .filter_map(|rest| rest.split('<').next())
        .collect();
    assert_eq!(keys.len(), 5);
    for key in keys {
        assert!(
            settings.contains(&format!("\"PMI{key}\"")),
            "nobody reads PMI{key}"
        );
    }
    for name in plist
        .split("$(PMI_")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
    {
        assert!(
            project.contains(&format!(" PMI_{name}: ")),
            "nobody sets PMI_{name}"
        );
    }
    let refresh = read("bindings/swift/Sources/Pmi/Apple/BackgroundRefresh.swift");
    assert!(refresh.contains("\"io.pmi.refresh\"") && plist.contains("<string>io.pmi.refresh</string>"));
}

#[test]
fn what_xcode_reads_is_well_formed() {
    for name in ["Info.plist", "PmiApp.entitlements", "PrivacyInfo.xcprivacy"] {
        let text = read(&format!("ios/App/Resources/{name}"));
        assert!(
            text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"),
            "{name}"
        );
        if let Err(why) = plist(&text) {
            panic!("{name}: {why}");
        }
    }
    assert!(
        plist("<?xml?><plist><dict><key>a</key></dict></plist>").is_err(),
        "a key without a value"
    );
    assert!(plist("<plist><dict></plist></dict>").is_err(), "crossed");
    for catalogue in [
        "Assets.xcassets/Contents.json",
        "Assets.xcassets/AppIcon.appiconset/Contents.json",
    ] {
        let text = read(&format!("ios/App/Resources/{catalogue}"));
        let read: Result<serde_json::Value, _> = serde_json::from_str(&text);
        assert!(read.is_ok(), "{catalogue}");
    }
}

#[test]
fn what_is_said_to_the_system_is_what_the_app_does() {
    let plist = read("ios/App/Resources/Info.plist");
    let value = |key: &str| {
        let (_, after) = plist.split_once(&format!("<key>{key}</key>")).expect(key);
        after.split("</array>").next().expect(key).to_owned()
    };
    assert!(value("BGTaskSchedulerPermittedIdentifiers").contains("<string>io.pmi.refresh</string>"));
    assert!(value("UIBackgroundModes").contains("<string>fetch</string>"));
    for language in ["en", "hi"] {
        assert!(value("CFBundleLocalizations").contains(&format!("<string>{language}</string>")));
    }
    // Photos are picked by the system, nothing goes out in the clear, and no window is forced to the whole screen.
    for needless in [
        "UsageDescription",
        "NSAppTransportSecurity",
        "UIRequiresFullScreen",
        "NSUserTrackingUsageDescription",
    ] {
        assert!(!plist.contains(needless), "{needless}");
    }
    // The groups that the configuration asks for are the ones that are granted.
    let entitlements = read("ios/App/Resources/PmiApp.entitlements");
    let keychain = "<string>$(AppIdentifierPrefix)$(PRODUCT_BUNDLE_IDENTIFIER)</string>";
    assert!(entitlements.contains(keychain) && value("PMIKeychainGroup").contains(keychain));
    assert!(entitlements.contains("<string>$(PMI_APP_GROUP)</string>"));
    assert!(entitlements.contains("NSFileProtectionCompleteUntilFirstUserAuthentication"));
    // What is read of the system is named with its reason; what is not read is not named.
    let privacy = read("ios/App/Resources/PrivacyInfo.xcprivacy");
    let code: String = super::shell().into_iter().map(|(_, text)| text).collect();
    for (category, used, reason) in [
        ("UserDefaults", "UserDefaults", "CA92.1"),
        ("DiskSpace", "volumeAvailableCapacity", "E174.1"),
        ("SystemBootTime", "systemUptime", "35F9.1"),
        ("FileTimestamp", "contentModificationDate", "C617.1"),
    ] {
        let named = privacy.contains(&format!("NSPrivacyAccessedAPICategory{category}<"));
        assert_eq!(named, code.contains(used), "{category}");
        assert_eq!(named, privacy.contains(reason), "{category}: {reason}");
    }
}

#[test]
fn the_oldest_system_is_the_same_everywhere_and_is_enough() {
    assert!(read("ios/project.yml").contains("iOS: \"17.0\""));
    for package in ["ios/Package.swift", "bindings/swift/Package.swift"] {
        assert!(
            read(package).contains("platforms: [.iOS(.v17), .macOS(.v14)]"),
            "{package}"
        );
    }
    assert!(read("bindings/pack/src/swift/apple.rs").contains("(\"IPHONEOS_DEPLOYMENT_TARGET\", \"17.0\")"));
    // On Linux no compiler says what iOS 17 does not have. These were, or are likely to be, written by accident.
    for (path, text) in super::shell() {
        for (newer, instead) in [
            (
                "AsyncSequence<",
                "`AsyncStream`: what it fails with can be named from iOS 18 on",
            ),
            ("import Synchronization", "`NSLock`"),
            ("Mutex(", "`NSLock`"),
            (" Tab(", "`tabItem`"),
            (".glassEffect(", "a background"),
            (".onScrollGeometryChange(", "nothing"),
            ("Observations {", "`ScreenModel.follow`"),
        ] {
            assert!(!text.contains(newer), "{}: {newer}: {instead}", path.display());
        }
    }
}

#[test]
fn the_asset_catalogue_has_what_the_project_names() {
    let tokens: Value = serde_json::from_str(&read("bindings/design/tokens.json")).expect("tokens");
    for (set, token) in [("AccentColor", "accent"), ("LaunchBackground", "background")] {
        let contents = read(&format!(
            "ios/App/Resources/Assets.xcassets/{set}.colorset/Contents.json"
        ));
        let contents: Value = serde_json::from_str(&contents).expect(set);
        for (number, look) in ["light", "dark"].into_iter().enumerate() {
            let shown = &contents["colors"][number];
            let hex: String = ["red", "green", "blue"]
                .iter()
                .map(|part| shown["color"]["components"][part].as_str().expect(set)[2..].to_owned())
                .collect();
            assert_eq!(
                format!("#{hex}"),
                tokens["colours"][token][look].as_str().expect(token),
                "{set}"
            );
            assert_eq!(shown["appearances"].is_array(), look == "dark", "{set}");
        }
    }
    let project = read("ios/project.yml");
    assert!(project.contains("ASSETCATALOG_COMPILER_GLOBAL_ACCENT_COLOR_NAME: AccentColor"));
    assert!(read("ios/App/Resources/Info.plist").contains("<string>LaunchBackground</string>"));
    // The shop takes an icon of this size, and none that one can see through.
    let icon = std::fs::read(root().join("ios/App/Resources/Assets.xcassets/AppIcon.appiconset/AppIcon.png"));
    let icon = icon.expect("the icon");
    let number = |at: usize| u32::from_be_bytes([icon[at], icon[at + 1], icon[at + 2], icon[at + 3]]);
    assert_eq!(
        (number(16), number(20), icon[25]),
        (1024, 1024, 2),
        "1024 x 1024, in colour, without alpha"
    );
}

/// Whether the elements of a property list are closed in order, and each key of a dictionary has a value.
fn plist(text: &str) -> Result<(), String> {
    let mut open: Vec<(&str, usize)> = Vec::new();
    let mut text = text.to_owned();
    while let (Some(begin), Some(end)) = (text.find("<!--"), text.find("-->")) {
        text.replace_range(begin..end + 3, "");
    }
    for tag in text.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').ok_or_else(|| format!("{tag} is open"))?;
        if tag.starts_with(['?', '!']) {
            continue;
        }
        if let Some(closed) = tag.strip_prefix('/') {
            let (name, children) = open.pop().ok_or_else(|| format!("{closed} was never open"))?;
            if name != closed {
                return Err(format!("{name} is closed by {closed}"));
            }
            if name == "dict" && children % 2 != 0 {
                return Err("a key has no value".to_owned());
            }
        } else {
            if let Some((_, children)) = open.last_mut() {
                *children += 1;
            }
            let name = tag.split(' ').next().unwrap_or_default();
            if !tag.ends_with('/') {
                open.push((name, 0));
            }
        }
    }
    if open.is_empty() {
        return Ok(());
    }
    Err(format!("left open: {open:?}"))
}
