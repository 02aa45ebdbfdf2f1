// What stands for what is still to come, in the shape it will have.

package io.pmi.app.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.height
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.shape.CircleShape
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.Dp
import androidx.compose.ui.unit.dp
import io.pmi.app.design.Label
import io.pmi.app.design.Machine
import io.pmi.app.design.Radius
import io.pmi.app.design.Space
import io.pmi.app.ui.look.LocalPalette

/** Cards of a few lines: bookings, messages, services. */
@Composable
fun Skeletons(count: Int = 3) = Bones {
    repeat(count) {
        Block {
            Ends({ Bone(120.dp, 18.dp) }) { Bone(72.dp, 24.dp) }
            Bone(200.dp, 14.dp)
            Bone(140.dp, 14.dp)
        }
    }
}

/** Vehicles: a name, a ring, what is predicted and booked. */
@Composable
fun GarageSkeleton() = Bones {
    repeat(3) {
        Block {
            Ends(
                {
                    Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
                        Bone(140.dp, 22.dp)
                        Bone(96.dp, 14.dp)
                        Bone(80.dp, 24.dp)
                    }
                },
            ) { Round(56.dp) }
            Bone(220.dp, 14.dp)
            Bone(180.dp, 14.dp)
        }
    }
}

/** One vehicle: the drawing with its marks, what can be done, what is predicted. */
@Composable
fun VehicleSkeleton() = Bones {
    Block {
        Ends({ Bone(96.dp, 24.dp) }) { Round(56.dp) }
        Column(Modifier.fillMaxWidth().aspectRatio(Machine.width / Machine.height), Arrangement.SpaceBetween) {
            Marks()
            Box(Modifier.fillMaxWidth().height(96.dp).background(LocalPalette.current.skeleton, RoundedCornerShape(Radius.l)))
            Marks()
        }
    }
    Box(Modifier.fillMaxWidth().height(48.dp).background(LocalPalette.current.skeleton, RoundedCornerShape(Radius.m)))
    Block {
        Bone(120.dp, 18.dp)
        Bone(220.dp, 14.dp)
        Bone(180.dp, 14.dp)
    }
}

@Composable
private fun Marks() = Row(Modifier.fillMaxWidth(), Arrangement.SpaceAround) { repeat(5) { Round(40.dp) } }

/** A person: who it is, and what can be done. */
@Composable
fun AccountSkeleton() = Bones {
    Block {
        Row(horizontalArrangement = Arrangement.spacedBy(Space.m), verticalAlignment = Alignment.CenterVertically) {
            Round(48.dp)
            Column(verticalArrangement = Arrangement.spacedBy(Space.s)) {
                Bone(140.dp, 20.dp)
                Bone(80.dp, 14.dp)
            }
        }
        Bone(180.dp, 14.dp)
        Bone(140.dp, 14.dp)
    }
    Block { repeat(3) { Bone(200.dp, 20.dp) } }
}

/** Says what all of them stand for. */
@Composable
private fun Bones(content: @Composable ColumnScope.() -> Unit) =
    Column(Modifier.fillMaxWidth().saysOnly(say(Label.LOADING)), Arrangement.spacedBy(Space.m), content = content)

@Composable
private fun Ends(first: @Composable () -> Unit, second: @Composable () -> Unit) =
    Row(Modifier.fillMaxWidth(), Arrangement.SpaceBetween, Alignment.CenterVertically) {
        first()
        second()
    }

@Composable
private fun Bone(width: Dp, height: Dp) = Box(Modifier.size(width, height).background(LocalPalette.current.skeleton, RoundedCornerShape(Radius.s)))

@Composable
private fun Round(side: Dp) = Box(Modifier.size(side).background(LocalPalette.current.skeleton, CircleShape))
