//! What each command does, one file per noun. A command opens a client, asks one thing and says what it found.

mod account;
mod garage;
mod health;
mod lists;
mod read;
mod serve;
mod status;

use crate::app::App;
use crate::args::{Cli, Command, Global, SecretsKind};
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
            "--parallel is for reads: me, vehicles, vehicle, centers, bookings, notifications, health",
        ));
    }
    let done = match command {
        Command::Demo(args) => return demo::run(&args, printer).await,
        Command::Serve(args) => serve::run(&args, &global, printer).await.map(|()| None),
        command => client_command(command, &global, printer).await.map(Some),
    };
    match done {
        Ok(Some(answer)) => printer.answer(&answer),
        Ok(None) => Exit::Ok,
        Err(failure) => printer.failure(&failure),
    }
}

async fn client_command(command: Command, global: &Global, printer: Printer) -> Result<Answer, Failure> {
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
    let answer = match command {
        Command::Register(args) => account::register(&app, args).await,
        Command::Login { email } => account::login(&app, &email).await,
        Command::Logout => account::logout(&app).await,
        Command::Me => account::me(&app).await,
        Command::Vehicles => garage::vehicles(&app).await,
        Command::Vehicle { id } => garage::vehicle(&app, id).await,
        Command::Claim { vin } => garage::claim(&app, &vin).await,
        Command::Centers => lists::centers(&app).await,
        Command::Bookings => lists::bookings(&app).await,
        Command::Notifications => lists::notifications(&app).await,
        Command::Status => status::status(&app).await,
        Command::Health => health::health(&app).await,
        Command::Demo(_) | Command::Serve(_) => Err(Failure::internal("not a command of a client")),
    };
    app.client.close();
    answer
}
