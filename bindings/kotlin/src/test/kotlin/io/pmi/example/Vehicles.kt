// What bindings/README.md shows, between its markers: a test compares them.

package io.pmi.example

import io.pmi.PmiClient
import io.pmi.core.Garage
import io.pmi.core.SignIn
import io.pmi.core.SignInIntent
import io.pmi.records
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.SharingStarted
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.stateIn

// README
class Vehicles(pmi: PmiClient, scope: CoroutineScope) {
    private val signIn = pmi.signIn()
    private val garage = pmi.garage()
    val form: StateFlow<SignIn> = signIn.records.stateIn(scope, SharingStarted.Eagerly, signIn.now())
    val list: StateFlow<Garage> = garage.records.stateIn(scope, SharingStarted.Eagerly, garage.now())

    fun signIn(email: String, password: String) {
        signIn.send(SignInIntent.Email(email))
        signIn.send(SignInIntent.Password(password))
        signIn.send(SignInIntent.Submit)
    }
}
// README ends
