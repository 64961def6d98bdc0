//! Rules that combine schemas on the same value.
//!
//! ```text
//! {"anyOf": [{"type": "string"}, {"type": "null"}]}   1
//!
//! must be a string or null
//! ```

use crate::evaluate::{Evaluator, Target};
use crate::unevaluated::Evaluated;
use crate::{If, SchemaRef, View, Violation};

impl<'s> Evaluator<'s> {
    pub(crate) fn all_of<'v, V: View<'v>>(
        &mut self,
        branches: &[SchemaRef<'s>],
        target: Target<'_, V>,
        mut evaluated: Option<&mut Evaluated>,
    ) -> bool {
        let mut valid = true;
        for branch in branches {
            valid &= self.inner(*branch, target, evaluated.as_deref_mut());
            if !valid && self.is_silent() {
                return false;
            }
        }
        valid
    }

    pub(crate) fn any_of<'v, V: View<'v>>(
        &mut self,
        branches: &[SchemaRef<'s>],
        target: Target<'_, V>,
        mut evaluated: Option<&mut Evaluated>,
    ) -> bool {
        let mut valid = false;
        for branch in branches {
            valid |= self.branch(*branch, target, evaluated.as_deref_mut());
            // Each valid branch counts, if what it has evaluated does.
            if valid && evaluated.is_none() {
                return true;
            }
        }
        valid || self.no_branch("anyOf", branches, target, evaluated)
    }

    pub(crate) fn one_of<'v, V: View<'v>>(
        &mut self,
        branches: &[SchemaRef<'s>],
        target: Target<'_, V>,
        mut evaluated: Option<&mut Evaluated>,
    ) -> bool {
        let mut count = 0;
        for branch in branches {
            count += u32::from(self.branch(*branch, target, evaluated.as_deref_mut()));
            if count > 1 && self.is_silent() {
                return false;
            }
        }
        match count {
            0 => self.no_branch("oneOf", branches, target, evaluated),
            1 => true,
            _ => self.report(&target, "oneOf", || {
                format!(
                    "must be valid against exactly one of the schemas under `oneOf`, is valid \
                     against {count}"
                )
            }),
        }
    }

    pub(crate) fn not<'v, V: View<'v>>(
        &mut self,
        schema: SchemaRef<'s>,
        target: Target<'_, V>,
    ) -> bool {
        if !self.holds(schema, target, None) {
            return true;
        }
        self.report(&target, "not", || {
            "must not be valid against the schema under `not`".to_owned()
        })
    }

    pub(crate) fn condition<'v, V: View<'v>>(
        &mut self,
        condition: &If<'s>,
        target: Target<'_, V>,
        mut evaluated: Option<&mut Evaluated>,
    ) -> bool {
        let holds = self.branch(condition.condition, target, evaluated.as_deref_mut());
        match if holds { condition.then } else { condition.otherwise } {
            Some(schema) => self.inner(schema, target, evaluated),
            None => true,
        }
    }

    /// Whether a branch is valid. What it has evaluated counts only then.
    fn branch<'v, V: View<'v>>(
        &mut self,
        branch: SchemaRef<'s>,
        target: Target<'_, V>,
        evaluated: Option<&mut Evaluated>,
    ) -> bool {
        let Some(evaluated) = evaluated else { return self.holds(branch, target, None) };
        let mut own = Evaluated::default();
        let holds = self.holds(branch, target, Some(&mut own));
        if holds {
            evaluated.merge(&own);
        }
        holds
    }

    fn no_branch<'v, V: View<'v>>(
        &mut self,
        keyword: &'static str,
        branches: &[SchemaRef<'s>],
        target: Target<'_, V>,
        evaluated: Option<&mut Evaluated>,
    ) -> bool {
        if let Some(evaluated) = evaluated {
            evaluated.mark_unknown();
        }
        if self.is_silent() {
            return false;
        }
        let found = branches.iter().map(|branch| self.violations(*branch, target)).collect();
        self.report_violation(|| Violation::of_branches(target.place.pointer(), keyword, found))
    }
}
