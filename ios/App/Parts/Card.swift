import Pmi
import PmiDesign
import PmiModels
import SwiftUI

/// A card: what belongs together.
struct Card<Content: View>: View {
    @Environment(\.colorSchemeContrast) private var contrast
    @ViewBuilder let content: () -> Content

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) { content() }
            .frame(maxWidth: .infinity, alignment: .leading)
            .padding(Space.m)
            .background(Color(\.surface), in: RoundedRectangle(cornerRadius: Radius.m))
            .overlay {
                if contrast == .increased { RoundedRectangle(cornerRadius: Radius.m).stroke(Color(\.outline)) }
            }
    }
}

/// A page of cards that can be pulled to be asked for anew.
struct Page<Content: View>: View {
    let title: String
    let refresh: (@Sendable () async -> Void)?
    let goal: Goal?
    @ViewBuilder let content: () -> Content

    init(
        _ title: String, refresh: (@Sendable () async -> Void)? = nil, goal: Goal? = nil, @ViewBuilder content: @escaping () -> Content
    ) {
        self.title = title
        self.refresh = refresh
        self.goal = goal
        self.content = content
    }

    var body: some View {
        if let refresh {
            page.refreshable(action: refresh)
        } else {
            page
        }
    }

    private var page: some View {
        ScrollViewReader { page in
            ScrollView {
                VStack(alignment: .leading, spacing: Space.m) { content() }
                    .padding(Space.m)
                    // A line that is longer is hard to read.
                    .frame(maxWidth: Size.column)
                    .frame(maxWidth: .infinity)
            }
            .scrollDismissesKeyboard(.interactively)
            .onChange(of: goal) { _, goal in
                if let goal { page.scrollTo(goal.place, anchor: .top) }
            }
        }
        .background(Color(\.background))
        .navigationTitle(title)
    }
}

/// Where a page goes, and the how manieth time: it may have to go to the same place again.
struct Goal: Equatable {
    let place: BookPart
    let times: Int

    /// After another.
    init(_ place: BookPart, after last: Goal?) {
        self.place = place
        times = (last?.times ?? 0) + 1
    }
}

/// The heading of a part of a page.
struct Heading: View {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    var body: some View {
        Text(text)
            .typed(TypeScale.heading)
            .foregroundStyle(Color(\.text))
            .frame(maxWidth: .infinity, alignment: .leading)
            .padding(.top, Space.s)
            .accessibilityAddTraits(.isHeader)
    }
}

/// Two things side by side; below each other where the text is large.
struct Sides<Leading: View, Trailing: View>: View {
    @ViewBuilder let leading: () -> Leading
    @ViewBuilder let trailing: () -> Trailing

    var body: some View {
        ViewThatFits(in: .horizontal) {
            HStack(alignment: .firstTextBaseline, spacing: Space.s) {
                leading()
                Spacer(minLength: Space.s)
                trailing()
            }
            VStack(alignment: .leading, spacing: Space.xs) {
                leading()
                trailing()
            }
        }
        .frame(maxWidth: .infinity, alignment: .leading)
    }
}

/// A name and what it is.
struct Fact: View {
    let name: String
    let value: String

    var body: some View {
        Sides {
            Text(name).typed(TypeScale.body).foregroundStyle(Color(\.textQuiet))
        } trailing: {
            Text(value).typed(TypeScale.body).foregroundStyle(Color(\.text))
        }
        .accessibilityElement(children: .combine)
    }
}

/// What stands where there is nothing: an icon, a sentence, and the one thing to do.
struct Empty<Action: View>: View {
    let icon: Icon
    let title: String
    let text: String
    @ViewBuilder let action: () -> Action

    var body: some View {
        VStack(spacing: Space.m) {
            IconView(icon, size: Size.iconLarge).foregroundStyle(Color(\.textQuiet))
            Text(title).typed(TypeScale.heading).foregroundStyle(Color(\.text))
            Text(text).typed(TypeScale.body).foregroundStyle(Color(\.textQuiet))
            action()
        }
        .multilineTextAlignment(.center)
        .frame(maxWidth: .infinity)
        .padding(Space.xl)
    }
}
