import PmiDesign
import SwiftUI

/// A card: what belongs together.
struct Card<Content: View>: View {
    @ViewBuilder let content: () -> Content

    var body: some View {
        VStack(alignment: .leading, spacing: Space.s) { content() }
            .frame(maxWidth: .infinity, alignment: .leading)
            .padding(Space.m)
            .background(Color(\.surface), in: RoundedRectangle(cornerRadius: Radius.m))
    }
}

/// A page of cards that can be pulled to be asked for anew.
struct Page<Content: View>: View {
    let title: String
    let refresh: (@Sendable () async -> Void)?
    @ViewBuilder let content: () -> Content

    init(_ title: String, refresh: (@Sendable () async -> Void)? = nil, @ViewBuilder content: @escaping () -> Content) {
        self.title = title
        self.refresh = refresh
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
        ScrollView {
            VStack(alignment: .leading, spacing: Space.m) { content() }
                .padding(Space.m)
                // A line that is longer is hard to read.
                .frame(maxWidth: Size.column)
                .frame(maxWidth: .infinity)
        }
        .background(Color(\.background))
        .navigationTitle(title)
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

/// A name and what it is; below each other where the text is large.
struct Fact: View {
    let name: String
    let value: String

    var body: some View {
        ViewThatFits(in: .horizontal) {
            HStack(alignment: .firstTextBaseline) {
                quiet
                Spacer(minLength: Space.m)
                loud
            }
            VStack(alignment: .leading, spacing: Space.xs) {
                quiet
                loud
            }
        }
        .frame(maxWidth: .infinity, alignment: .leading)
        .accessibilityElement(children: .combine)
    }

    private var quiet: some View { Text(name).typed(TypeScale.body).foregroundStyle(Color(\.textQuiet)) }
    private var loud: some View { Text(value).typed(TypeScale.body).foregroundStyle(Color(\.text)) }
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
