//! What each command does, one file per noun. A command opens a client, asks one thing and says what it found.

mod account;
mod explain;
mod garage;
mod health;
mod lists;
mod outbox;
mod photos;
mod read;
mod serve;
mod slots;
mod status;
mod writes;

use std::time::Duration;

use crate::app::App;
use crate::args::{Cli, Command, Global, PhotoCommand, SecretsKind};
use crate::demo;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::output::{Answer, Printer};
use crate::secrets;

/// Runs the command and says what came of it.
pub(crate) async fn run(cli: Cli, printer: Printer) -> Exit {
    let Cli { global, command } = cli;
    if global.parallel.is_some() && !command.is_read() {
        return printer.failure(&Failure::new(
            Exit::Usage,
            "usage",
            "--parallel is for reads: me, vehicles, vehicle, centers, slots, bookings, photo list, notifications, health",
        ));
    }
    let done = match command {
        Command::Demo(args) => return demo::run(&args, printer).await,
        Command::Serve(args) => serve::run(&args, &global, printer).await.map(|()| Exit::Ok),
        command => client_command(command, &global, printer).await,
    };
    done.unwrap_or_else(|failure| printer.failure(&failure))
}

/// Says what the command found, and then sends what is waiting, so that nobody waits for that to read the answer.
async fn client_command(command: Command, global: &Global, printer: Printer) -> Result<Exit, Failure> {
    if global.secrets == SecretsKind::File
        && let Some(caveat) = secrets::caveat(global.secrets)
    {
        printer.remark(caveat);
    }
    let app = App::open(global)?;
    for file in app.client.set_aside() {
        printer.remark(&format!(
            "a damaged file was set aside: {}; what could be saved was",
            file.display()
        ));
    }
    if let Some(saved) = app.client.salvaged() {
        printer.remark(&salvaged(saved));
        // Told once is enough; if that cannot be noted, it is told again.
        let _ = app.client.salvage_seen();
    }
    if command.is_quiet() {
        app.client.set_offline(true);
    }
    let minds_the_outbox = command.minds_the_outbox();
    let exit = match answer(&app, command, printer).await {
        Ok(answer) => printer.answer(&answer),
        Err(failure) => printer.failure(&failure),
    };
    if !minds_the_outbox {
        outbox::send_in_passing(&app, printer).await;
    }
    app.client.close();
    Ok(exit)
}

async fn answer(app: &App, command: Command, printer: Printer) -> Result<Answer, Failure> {
    match command {
        Command::Register(args) => account::register(app, args).await,
        Command::Login { email } => account::login(app, &email).await,
        Command::Logout(args) => account::logout(app, args.unsent()).await,
        Command::Me => account::me(app).await,
        Command::Vehicles => garage::vehicles(app).await,
        Command::Vehicle { id } => garage::vehicle(app, id).await,
        Command::Claim { vin } => garage::claim(app, &vin).await,
        Command::Centers => lists::centers(app).await,
        Command::Slots(args) => slots::slots(app, &args).await,
        Command::Bookings => lists::bookings(app).await,
        Command::Book(args) => writes::book(app, args, printer).await,
        Command::Reschedule(args) => writes::reschedule(app, args, printer).await,
        Command::Cancel(args) => writes::cancel(app, args, printer).await,
        Command::Photo(PhotoCommand::Add(args)) => photos::add(app, args, printer).await,
        Command::Photo(PhotoCommand::List { booking }) => photos::list(app, &booking).await,
        Command::Outbox(args) => outbox::outbox(app, args, printer).await,
        Command::Sync(args) => outbox::sync(app, Duration::from_secs(args.wait)).await,
        Command::Notifications { mark_read: None } => lists::notifications(app).await,
        Command::Notifications { mark_read: Some(id) } => writes::mark_read(app, id, printer).await,
        Command::Status => status::status(app).await,
        Command::Explain { all } => explain::explain(app, all).await,
        Command::Health => health::health(app).await,
        Command::Demo(_) | Command::Serve(_) => Err(Failure::internal("not a command of a client")),
    }
}

fn salvaged(saved: &pmi_core::model::Salvage) -> String {
    let session = if saved.session_kept {
        "you are still signed in"
    } else {
        "sign in again"
    };
    let lost = match saved.writes_lost {
        Some(0) => "none was lost".to_owned(),
        None => "whether others were lost is not known: look at your bookings".to_owned(),
        Some(count) => format!("at most {count} may be lost: look at your bookings"),
    };
    format!(
        "from the damaged file, {} of your unsent changes were saved; {lost}; {session}",
        saved.writes_saved
    )
}
