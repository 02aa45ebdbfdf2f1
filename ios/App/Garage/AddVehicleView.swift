import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// Adding a vehicle by its number.
struct AddVehicleView: View {
    @Environment(\.speech) private var speech
    @Environment(\.dismiss) private var dismiss
    let model: ScreenModel<Garage, GarageIntent>
    let form: AddVehicle

    var body: some View {
        NavigationStack {
            Page(speech(.addVehicle)) {
                Field(
                    name: speech(.fieldVin), field: form.vin, kind: .vin,
                    change: { model.send(.vin(text: $0)) }, left: { model.send(.vinLeft) })
                Text(speech(.fieldVinHelp)).typed(TypeScale.note).foregroundStyle(Color(\.textQuiet))
                MaybeProblem(problem: form.problem) { model.send(.add) }
                MainButton(title: speech(.addVehicleSubmit), isBusy: form.busy) { model.send(.add) }
            }
            .toolbar {
                ToolbarItem(placement: .cancellationAction) { Button(speech(.close)) { dismiss() } }
            }
        }
        .onChange(of: form.added) { _, added in
            if added != nil { dismiss() }
        }
    }
}
