(** Every rule changes only what its encoding is said to change. What it is said to change ([written], [accessed],
    [changes_flow]) comes of the tables of the semantics, not of the rules. *)

From Coq Require Import ZArith List Bool Lia.
From Rbpf Require Import Words Regions Profile State Rules Encodings Machine Codec.
Import ListNotations.
Open Scope Z_scope.

(** Lists. *)

Lemma read_write_other values number new other first :
  other <> number -> read_from first (write_from first values number new) other = read_from first values other.
Proof.
  intros N. revert first. induction values as [| value values IH]; intros first; simpl; [reflexivity |].
  destruct (Z.eqb_spec first other); [| apply IH]. now destruct (Z.eqb_spec first number); [congruence |].
Qed.

Lemma read_patch_other bytes at_offset count value other first :
  ~ at_offset <= other < at_offset + count ->
  read_from first (patch first bytes at_offset count value) other = read_from first bytes other.
Proof.
  intros N. revert first. induction bytes as [| byte bytes IH]; intros first; simpl; [reflexivity |].
  destruct (Z.eqb_spec first other); [| apply IH]. subst.
  destruct (Z.leb_spec at_offset other), (Z.ltb_spec other (at_offset + count)); simpl; try reflexivity; lia.
Qed.

(** Memory: a byte is one that a store writes, or stays. *)

Definition outside (a address count : Z) : Prop := forall i, 0 <= i < count -> a <> add 64 address i.

Lemma offset_outside a address count start :
  0 <= a < 2 ^ 64 -> outside a address count ->
  ~ sub 64 address start <= sub 64 a start < sub 64 address start + count.
Proof.
  intros A Out Within. apply (Out (sub 64 a start - sub 64 address start)); [lia |].
  revert A. unfold add, sub. rewrite !low_mod by lia. intros A.
  rewrite Z.add_sub_assoc, Zminus_mod_idemp_r.
  replace (address + (a - start) mod 2 ^ 64 - (address - start)) with (start + (a - start) mod 2 ^ 64) by lia.
  rewrite Zplus_mod_idemp_r. replace (start + (a - start)) with a by lia. symmetry. now apply Z.mod_small.
Qed.

Lemma load_store_outside w m address value a :
  0 <= a < 2 ^ 64 -> outside a address (w / 8) -> load 8 (store w m address value) a = load 8 m a.
Proof.
  intros A Out. unfold load, store. simpl regions.
  generalize 0 as before. induction (regions m) as [| r rest IH]; intros before; simpl; [reflexivity |].
  rewrite <- IH. f_equal. unfold store_in. destruct (grants_in Write r address (w / 8)); [| reflexivity].
  unfold grants_in. simpl. unfold read_at. now rewrite read_patch_other by now apply offset_outside.
Qed.

(** What an instruction is said to change, of one state before and one after. *)
Definition changes_only (h : host) (f : form) (o : fields) (s t : state) : Prop :=
  (forall r, ~ In r (written f o) -> read_at (registers t) r = read_at (registers s) r)
  /\ (changes_flow f = false -> pc t = add 64 (pc s) (if is_wide f then 2 else 1) /\ branches t = branches s)
  /\ frames t = frames s
  /\ instructions t = instructions s
  /\ match accessed f h o s with
     | None | Some (Read, _, _) => mem t = mem s
     | Some (Write, address, count) | Some (ReadWrite, address, count) =>
         forall a, 0 <= a < 2 ^ 64 -> outside a address count -> load 8 (mem t) a = load 8 (mem s) a
     end.

(** Calls of the host do what the host does; calls of the program, and the return, have theorems of their own. *)
Definition is_ordinary (f : form) : bool :=
  match f with
  | jmp_call_helper | jmp_call_btf | jmp_call_local | jmp_exit => false
  | _ => true
  end.

(** Looks into a rule that goes on: no guard holds. *)
Ltac open_rule H :=
  autounfold with rules in H; cbv zeta in H;
  repeat match type of H with match ?c with _ => _ end = _ => destruct c eqn:?; try discriminate H end;
  injection H as <-; simpl.

Ltac keep_registers :=
  let r := fresh in let N := fresh in
  intros r N; unfold read_at, write_at; rewrite read_write_other; [reflexivity | intros ->; apply N; simpl; tauto].

Theorem rule_changes_only h f o s t : is_ordinary f = true -> rule f h o s = Next t -> changes_only h f o s t.
Proof.
  intros Ordinary H. unfold changes_only.
  destruct f; try discriminate Ordinary; simpl rule in H; open_rule H;
  (split; [first [intros; reflexivity | keep_registers] |]);
  (split; [first [intros; split; reflexivity | intros; discriminate] |]);
  (split; [reflexivity |]); (split; [reflexivity |]);
  first [reflexivity | intros; apply load_store_outside; assumption].
Qed.

(** A local call writes r10, and memory gets one region more. *)
Theorem call_changes_only h o s t :
  rule jmp_call_local h o s = Next t ->
  (forall r, r <> 10 -> read_at (registers t) r = read_at (registers s) r)
  /\ (exists pushed, regions (mem t) = regions (mem s) ++ [pushed])
  /\ (exists pushed, frames t = pushed :: frames s)
  /\ instructions t = instructions s.
Proof.
  intros H. simpl rule in H. open_rule H;
  (split; [intros r N; apply read_write_other; exact N |]);
  (split; [eexists; reflexivity |]); (split; [eexists; reflexivity | reflexivity]).
Qed.

(** A return leaves r0 to r5, and takes the latest region and the latest frame away. *)
Theorem exit_changes_only h o s t :
  rule jmp_exit h o s = Next t ->
  (forall r, r < 6 \/ 10 < r -> read_at (registers t) r = read_at (registers s) r)
  /\ regions (mem t) = removelast (regions (mem s))
  /\ frames t = tl (frames s)
  /\ branches t = branches s /\ instructions t = instructions s.
Proof.
  intros H. simpl rule in H. open_rule H.
  (split; [intros r N; unfold read_at, write_at; rewrite !read_write_other by lia; reflexivity |]).
  (split; [unfold pop_frame; destruct (regions (mem s)) eqn:E; [now rewrite E | reflexivity] |]).
  repeat split; reflexivity.
Qed.

(** A rule that does not go on leaves the state as it was. *)
Theorem rule_traps_unchanged h f o s why t :
  f <> jmp_call_helper -> f <> jmp_call_btf -> rule f h o s = Trapped why t -> t = s.
Proof.
  intros NoHelper NoBtf H. destruct f; try congruence; simpl rule in H; autounfold with rules in H; cbv zeta in H;
  repeat match type of H with match ?c with _ => _ end = _ => destruct c end;
  first [discriminate H | injection H as _ <-; reflexivity].
Qed.
