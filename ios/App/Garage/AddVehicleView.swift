import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// Adding a vehicle by its number.
struct AddVehicleView: View {
    private enum Place: Hashable { case vin }

    @Environment(\.speech) private var speech
    @FocusState private var focus: Place?
    let model: ScreenModel<Garage, GarageIntent>
    let form: AddVehicle
    let close: @MainActor () -> Void

    var body: some View {
        NavigationStack {
            Page(speech(.addVehicle)) {
                Field(
                    place: .vin, fields: fields, name: speech(.fieldVin), field: form.vin, kind: .vin,
                    change: { model.send(.vin(text: $0)) }, left: { model.send(.vinLeft) })
                Text(speech(.fieldVinHelp)).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet))
                MaybeProblem(problem: form.problem, retry: fields.send)
                MainButton(title: speech(.addVehicleSubmit), isBusy: form.busy, action: fields.send)
                    .keyboardShortcut(.defaultAction)
            }
            .fills(fields, isBusy: form.busy)
            .toolbar {
                ToolbarItem(placement: .cancellationAction) {
                    Button(speech(.close), action: close).keyboardShortcut(.cancelAction)
                }
            }
        }
        .onChange(of: form.added) { _, added in
            if added != nil { close() }
        }
    }

    private var fields: FormFields<Place> {
        FormFields(
            order: [.vin], focus: $focus, fault: { model.record?.add.vin.problem.map { _ in .vin } }, submit: { model.send(.add) })
    }
}
