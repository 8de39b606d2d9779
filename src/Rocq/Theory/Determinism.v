(** A run has one end at most: said as a relation, which has no fuel. *)

From Coq Require Import ZArith List.
From Rbpf Require Import Words Regions Profile State Rules Encodings Machine.
Open Scope Z_scope.

(** The end of a run from a state: the program exits, or the machine stops. *)
Inductive ends (h : host) (p : program) : state -> outcome -> Prop :=
| ends_exited s t : step h p s = Exited t -> ends h p s (Exited t)
| ends_trapped s why t : step h p s = Trapped why t -> ends h p s (Trapped why t)
| ends_later s t o : step h p s = Next t -> ends h p t o -> ends h p s o.

Theorem ends_deterministic h p s o : ends h p s o -> forall o', ends h p s o' -> o' = o.
Proof.
  induction 1 as [s t E | s why t E | s t o E _ IH]; intros o' H; inversion H; subst; try congruence.
  apply IH. congruence.
Qed.

(** What [run] finds with some fuel is that end, and with enough fuel it finds it. *)
Theorem run_ends h p fuel : forall s o, run fuel h p s = o -> (forall t, o <> Next t) -> ends h p s o.
Proof.
  induction fuel as [| fuel IH]; simpl; intros s o R N.
  - exfalso. exact (N s (eq_sym R)).
  - destruct (step h p s) as [t | t | why t] eqn:E.
    + eapply ends_later; [exact E | exact (IH t o R N)].
    + subst. apply ends_exited, E.
    + subst. apply ends_trapped, E.
Qed.

Theorem ends_run h p s o : ends h p s o -> exists fuel, run fuel h p s = o.
Proof.
  induction 1 as [s t E | s why t E | s t o E _ [fuel R]].
  - exists 1%nat. simpl. now rewrite E.
  - exists 1%nat. simpl. now rewrite E.
  - exists (S fuel). simpl. now rewrite E.
Qed.

(** More fuel does not change an end. *)
Theorem run_more h p fuel more s o :
  run fuel h p s = o -> (forall t, o <> Next t) -> run (fuel + more) h p s = o.
Proof.
  revert s. induction fuel as [| fuel IH]; simpl; intros s R N.
  - exfalso. exact (N s (eq_sym R)).
  - destruct (step h p s); auto.
Qed.
