//! Rules that combine schemas on the same value.
//!
//! ```text
//! {"anyOf": [{"type": "string"}, {"type": "null"}]}   1
//!
//! must be a string or null
//! ```

use crate::candidate::{Candidate, Candidates};
use crate::evaluate::{Evaluator, Target};
use crate::message::{Arg, NOT, ONE_OF_SCHEMAS};
use crate::schema::{If, SchemaRef};
use crate::view::View;
use crate::violation::Violation;

impl<'s> Evaluator<'s> {
    pub(crate) fn all_of<'v>(
        &mut self,
        branches: &[SchemaRef<'s>],
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        let mut valid = true;
        for branch in branches {
            valid &= self.inner(*branch, target);
            if !valid && self.is_silent() {
                return false;
            }
        }
        valid
    }

    pub(crate) fn any_of<'v>(
        &mut self,
        branches: &[SchemaRef<'s>],
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        let mut candidate = Candidate::new(target.value);
        let prepared = self.prepared(branches);
        match prepared.map(|tagged| self.tagged_candidates(tagged, &mut candidate)) {
            Some(Candidates::Nothing) => return self.no_branch("anyOf", branches, target),
            Some(Candidates::One(branch)) => {
                return self.branch(branch, target) || self.no_branch("anyOf", branches, target);
            }
            Some(Candidates::Several) | None => {}
        }
        let mut valid = false;
        for branch in branches {
            valid |= self.is_for(*branch, &mut candidate) && self.branch(*branch, target);
            // Each valid branch counts, if what it has evaluated does.
            if valid && self.evaluated.is_none() {
                return true;
            }
        }
        valid || self.no_branch("anyOf", branches, target)
    }

    pub(crate) fn one_of<'v>(
        &mut self,
        branches: &[SchemaRef<'s>],
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        let mut candidate = Candidate::new(target.value);
        let mut count = 0;
        match self.candidates(branches, &mut candidate) {
            Candidates::Nothing => {}
            Candidates::One(branch) => count = u32::from(self.branch(branch, target)),
            Candidates::Several => {
                for branch in branches {
                    let is_for = self.is_for(*branch, &mut candidate);
                    count += u32::from(is_for && self.branch(*branch, target));
                    if count > 1 && self.is_silent() {
                        return false;
                    }
                }
            }
        }
        match count {
            0 => self.no_branch("oneOf", branches, target),
            1 => true,
            _ => self.report(target, "oneOf", || ONE_OF_SCHEMAS.with([Arg::Text(&count)])),
        }
    }

    pub(crate) fn not<'v>(
        &mut self,
        schema: SchemaRef<'s>,
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        let outer = self.evaluated.take();
        let holds = self.silently(|it| it.inner(schema, target));
        self.evaluated = outer;
        !holds || self.report(target, "not", || NOT.into())
    }

    pub(crate) fn condition<'v>(
        &mut self,
        condition: &If<'s>,
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        let holds = self.branch(condition.condition, target);
        match if holds { condition.then } else { condition.otherwise } {
            Some(schema) => self.inner(schema, target),
            None => true,
        }
    }

    /// Whether a branch is valid. Only then do the items and properties that it has evaluated count.
    fn branch<'v>(&mut self, branch: SchemaRef<'s>, target: &Target<'_, impl View<'v>>) -> bool {
        let Some(outer) = self.evaluated.take() else {
            return self.silently(|it| it.inner(branch, target));
        };
        self.evaluated = Some(Box::default());
        let holds = self.silently(|it| it.inner(branch, target));
        let own = self.evaluated.replace(outer);
        if let (true, Some(evaluated), Some(own)) = (holds, &mut self.evaluated, &own) {
            evaluated.merge(own);
        }
        holds
    }

    fn no_branch<'v>(
        &mut self,
        keyword: &'static str,
        branches: &[SchemaRef<'s>],
        target: &Target<'_, impl View<'v>>,
    ) -> bool {
        if let Some(evaluated) = &mut self.evaluated {
            evaluated.mark_unknown();
        }
        if self.is_silent() {
            return false;
        }
        let found = branches.iter().map(|branch| self.violations(*branch, target)).collect();
        self.report_violation(|| Violation::of_branches(target.place.pointer(), keyword, found))
    }
}
