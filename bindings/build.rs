//! How the library is linked, for every packaging alike: Android's stores take libraries whose pages can be of 16 KB; and addresses
//! to be mended when the library is loaded are packed (docs/adr/0026), which Android's loader reads from version 6 on (the
//! shorter form only from 9 or 11 on), and glibc from 2.36 on.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = |what: &str| std::env::var(format!("CARGO_CFG_TARGET_{what}")).unwrap_or_default();
    match (target("OS").as_str(), target("ENV").as_str()) {
        ("android", _) => {
            println!("cargo::rustc-cdylib-link-arg=-Wl,-z,max-page-size=16384");
            println!("cargo::rustc-cdylib-link-arg=-Wl,--pack-dyn-relocs=android");
        }
        ("linux", "gnu") => println!("cargo::rustc-cdylib-link-arg=-Wl,-z,pack-relative-relocs"),
        _ => {}
    }
}
