//! What is compared, with its place on both sides.
//!
//! ```text
//! OpenShop.at (sent), old/shop.json /request/properties/at, new/shop.json /request/properties/at
//! ```

use super::Change;
use super::verdict::{Effect, Relation};
use crate::diagnostics::Place;
use crate::model::{Direction, Type};

/// An item of the generated code: the name of a type and the name of a member, which is empty for
/// the type itself.
pub(super) type Part = (String, String);

/// What is compared, with its place on both sides.
#[derive(Clone, Debug, Default)]
pub(super) struct At {
    pub(super) direction: Option<Direction>,
    /// Its name in messages.
    subject: String,
    /// The related items of the generated code, by their old and new names.
    parts: Vec<Part>,
    pub(super) before: Option<Place>,
    pub(super) after: Option<Place>,
    /// Its position in types without names, such as `of an item`.
    inside: String,
    /// Whether `null` is read as absence.
    pub(super) null_is_absent: bool,
}

impl At {
    /// A position for a comparison whose changes are not reported.
    pub(super) fn nowhere() -> Self {
        Self::of("", Some(Direction::Sent), (None, None))
    }

    /// A position of this name, direction and places.
    pub(super) fn of(
        subject: impl Into<String>,
        direction: Option<Direction>,
        (before, after): (Option<Place>, Option<Place>),
    ) -> Self {
        Self { direction, subject: subject.into(), before, after, ..Self::default() }
    }

    /// Adds a related item of the generated code.
    pub(super) fn with_part(mut self, owner: &str, name: &str) -> Self {
        self.parts.push((owner.to_owned(), name.to_owned()));
        self
    }

    /// Adds related items of the generated code.
    pub(super) fn with_parts(mut self, parts: impl IntoIterator<Item = Part>) -> Self {
        self.parts.extend(parts);
        self
    }

    pub(super) fn is_sent(&self) -> bool {
        self.direction == Some(Direction::Sent)
    }

    /// The position of two named types.
    pub(super) fn in_types(&self, old: &Type, new: &Type) -> Self {
        let places = (Some(old.place.clone()), Some(new.place.clone()));
        Self {
            null_is_absent: self.null_is_absent,
            ..Self::of(new.name.clone(), self.direction, places)
                .with_part(&old.name, "")
                .with_part(&new.name, "")
        }
    }

    /// The position of a member of these types, with its name and place on each side.
    pub(super) fn part(&self, old: Option<(&str, &Place)>, new: Option<(&str, &Place)>) -> Self {
        let name = new.or(old).map_or("", |(name, _)| name);
        let place = |part: Option<(&str, &Place)>| part.map(|(_, place)| place.clone());
        let before = place(old).or_else(|| self.before.clone());
        let after = place(new).or_else(|| self.after.clone());
        let mut at = Self::of(format!("{}.{name}", self.subject), self.direction, (before, after));
        for (owner, _) in &self.parts {
            for name in [old, new].into_iter().flatten().map(|(name, _)| name) {
                at = at.with_part(owner, name);
            }
        }
        at
    }

    /// The position of a variant of these types.
    pub(super) fn variant(&self, old: (&str, &Place), new: (&str, &Place)) -> Self {
        let mut at = self.part(Some(old), Some(new));
        at.subject = format!("{}::{}", self.subject, new.0);
        at
    }

    /// The position of a part without a name, such as an item.
    pub(super) fn inside(&self, what: &str) -> Self {
        Self { inside: format!(" {what}{}", self.inside), null_is_absent: false, ..self.clone() }
    }

    /// The effect on the wire if the values here relate like this.
    pub(super) fn effect(&self, relation: Relation) -> Effect {
        if self.is_sent() { relation.of_sent() } else { relation.of_received() }
    }

    /// A change at this position, with its effect on the wire.
    pub(super) fn change(&self, what: &'static str, message: String, wire: Effect) -> Change {
        let inside = self.inside.trim();
        Change {
            what,
            subject: self.subject.clone(),
            message: if inside.is_empty() { message } else { format!("{message} ({inside})") },
            direction: self.direction,
            before: self.before.clone(),
            after: self.after.clone(),
            code: Effect::default(),
            wire,
            parts: self.parts.clone(),
        }
    }
}
