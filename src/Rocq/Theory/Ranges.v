(** Words stay words: from a state whose numbers are all in range, every rule leads to one. *)

From Coq Require Import ZArith List Bool Lia.
From Rbpf Require Import Words Regions Profile State Rules Encodings Machine Codec Effects.
Import ListNotations.
Open Scope Z_scope.

(** A number that is a word of [w] bits. *)
Definition word (w a : Z) : Prop := 0 <= a < 2 ^ w.

(** The operations. *)

Lemma word_low w a : 0 <= w -> word w (low w a).
Proof. intros. unfold word. rewrite low_mod by assumption. apply Z.mod_pos_bound. lia. Qed.

Lemma word_wider v w a : v <= w -> word v a -> word w a.
Proof.
  unfold word. intros L [A B]. split; [assumption |]. eapply Z.lt_le_trans; [exact B |]. apply Z.pow_le_mono_r; lia.
Qed.

Lemma word_bits w a : 0 <= w -> 0 <= a -> (forall i, w <= i -> Z.testbit a i = false) -> word w a.
Proof.
  intros W A B. split; [assumption |]. replace a with (a mod 2 ^ w); [apply Z.mod_pos_bound; lia |].
  apply Z.bits_inj'. intros i I. destruct (Z.lt_ge_cases i w).
  - now rewrite Z.mod_pow2_bits_low.
  - rewrite Z.mod_pow2_bits_high by lia. symmetry. now apply B.
Qed.

Lemma bits_word w a i : 0 <= w -> word w a -> w <= i -> Z.testbit a i = false.
Proof.
  intros W A I. replace a with (a mod 2 ^ w) by now apply Z.mod_small. apply Z.mod_pow2_bits_high. lia.
Qed.

Lemma word_land w a b : 0 <= w -> word w a -> word w b -> word w (Z.land a b).
Proof.
  intros W A B. apply word_bits; [assumption | apply Z.land_nonneg; left; apply A |].
  intros i I. rewrite Z.land_spec, (bits_word w a) by assumption. reflexivity.
Qed.

Lemma word_lor w a b : 0 <= w -> word w a -> word w b -> word w (Z.lor a b).
Proof.
  intros W A B. apply word_bits; [assumption | apply Z.lor_nonneg; split; [apply A | apply B] |].
  intros i I. rewrite Z.lor_spec, (bits_word w a), (bits_word w b) by assumption. reflexivity.
Qed.

Lemma word_lxor w a b : 0 <= w -> word w a -> word w b -> word w (Z.lxor a b).
Proof.
  intros W A B. apply word_bits; [assumption | apply Z.lxor_nonneg; split; intros; [apply B | apply A] |].
  intros i I. rewrite Z.lxor_spec, (bits_word w a), (bits_word w b) by assumption. reflexivity.
Qed.

Lemma word_ones w : 0 <= w -> word w (Z.ones w).
Proof. intros. rewrite Z.ones_equiv. unfold word. assert (0 < 2 ^ w) by now apply Z.pow_pos_nonneg. lia. Qed.

Lemma word_zero w : 0 <= w -> word w 0.
Proof. intros. unfold word. assert (0 < 2 ^ w) by now apply Z.pow_pos_nonneg. lia. Qed.

Lemma word_shl w a n : 0 <= w -> word w (shl w a n).
Proof. intros. unfold shl. destruct (n <? w); [(apply word_low; lia) | now apply word_zero]. Qed.

Lemma word_lshr w a n : 0 <= n -> word w a -> word w (lshr w a n).
Proof.
  intros N A. unfold lshr. destruct (n <? w) eqn:E.
  - rewrite Z.shiftr_div_pow2 by assumption. destruct A as [A B]. assert (0 < 2 ^ n) by now apply Z.pow_pos_nonneg.
    split; [apply Z.div_pos; lia |]. eapply Z.le_lt_trans; [| exact B]. apply Z.div_le_upper_bound; nia.
  - destruct A. split; lia.
Qed.

Lemma word_udiv w a b : 0 <= w -> word w a -> word w b -> word w (udiv w a b).
Proof.
  intros W [A A'] [B B']. unfold udiv. destruct (Z.eqb_spec b 0); [now apply word_ones |].
  split; [apply Z.div_pos; lia |]. eapply Z.le_lt_trans; [| exact A']. apply Z.div_le_upper_bound; nia.
Qed.

Lemma word_urem w a b : word w a -> word w b -> word w (urem w a b).
Proof.
  intros A [B B']. unfold urem. destruct (Z.eqb_spec b 0); [assumption |].
  assert (0 <= a mod b < b) by (apply Z.mod_pos_bound; lia). split; lia.
Qed.

Lemma word_one w : 0 < w -> word w 1.
Proof. intros. split; [lia |]. apply Z.pow_gt_1; lia. Qed.

Lemma word_sdiv w a b : 0 < w -> word w (sdiv w a b).
Proof.
  intros. unfold sdiv. destruct (b =? 0); [destruct (signed w a <? 0) |].
  - now apply word_one.
  - apply word_ones. lia.
  - apply word_low. lia.
Qed.

Lemma word_srem w a b : 0 <= w -> word w a -> word w (srem w a b).
Proof. intros. unfold srem. destruct (b =? 0); [assumption | (apply word_low; lia)]. Qed.

Lemma word_reverse count : forall a reversed n,
  0 <= n -> word n reversed -> word (n + 8 * Z.of_nat count) (reverse count a reversed).
Proof.
  induction count as [| count IH]; intros a reversed n N R; cbn [reverse].
  - now rewrite Z.add_0_r.
  - replace (n + 8 * Z.of_nat (S count)) with ((n + 8) + 8 * Z.of_nat count) by lia. apply IH; [lia |].
    apply word_lor; [lia | | apply word_wider with 8; [lia | (apply word_low; lia)]].
    rewrite Z.shiftl_mul_pow2 by lia. destruct R. unfold word. rewrite Z.pow_add_r by lia. split; nia.
Qed.

Lemma word_reverse_bytes w a : 0 <= w -> w mod 8 = 0 -> word w (reverse_bytes w a).
Proof.
  intros W M. unfold reverse_bytes. replace w with (0 + 8 * Z.of_nat (Z.to_nat (w / 8))) at 1.
  - apply word_reverse; [lia | now apply word_zero].
  - rewrite Z2Nat.id by (apply Z.div_pos; lia). rewrite (Z.div_mod w 8) at 2 by lia. lia.
Qed.

(** A state, and what is put into one. *)

Definition words (values : list Z) : Prop := Forall (word 64) values.
Definition allowed (left : option Z) : Prop := match left with Some n => word 64 n | None => True end.
Definition region_fits (r : region) : Prop := word 64 (start r) /\ word 64 (size r) /\ Forall (word 8) (bytes r).
Definition memory_fits (m : memory) : Prop := Forall region_fits (regions m) /\ word 64 (frame_start m).
Definition frame_fits (f : frame) : Prop := word 64 (return_to f) /\ words (saved f).

Definition state_fits (s : state) : Prop :=
  words (registers s) /\ word 64 (pc s) /\ memory_fits (mem s) /\ Forall frame_fits (frames s)
  /\ allowed (branches s) /\ allowed (instructions s).

Lemma word_read values number : words values -> word 64 (read_at values number).
Proof.
  unfold read_at. generalize 0. induction values as [| value rest IH]; intros first H; simpl; [now apply word_zero |].
  inversion_clear H. destruct (first =? number); auto.
Qed.

Lemma words_write values number new : words values -> word 64 new -> words (write_at values number new).
Proof.
  unfold write_at. generalize 0. induction values as [| value rest IH]; intros first H N; simpl; [constructor |].
  inversion_clear H. constructor; [destruct (first =? number); assumption | now apply IH].
Qed.

Lemma word_byte bytes number first : Forall (word 8) bytes -> word 8 (read_from first bytes number).
Proof.
  revert first. induction bytes as [| byte rest IH]; intros first H; simpl; [now apply word_zero |].
  inversion_clear H. destruct (first =? number); auto.
Qed.

Lemma word_bytes_at bytes count :
  Forall (word 8) bytes -> forall at_offset, word (8 * Z.of_nat count) (bytes_at bytes at_offset count).
Proof.
  intros H. induction count as [| count IH]; intros at_offset; cbn [bytes_at]; [now apply word_zero |].
  apply word_lor; [lia | apply word_wider with 8; [lia | now apply word_byte] |].
  rewrite Z.shiftl_mul_pow2 by lia. destruct (IH (at_offset + 1)) as [A B].
  replace (8 * Z.of_nat (S count)) with (8 * Z.of_nat count + 8) by lia. unfold word. rewrite Z.pow_add_r by lia. split; nia.
Qed.

Lemma word_load w m address : 0 <= w -> w mod 8 = 0 -> memory_fits m -> word w (load w m address).
Proof.
  intros W M [H _]. unfold load. assert (B : word w 0) by now apply word_zero. revert B. generalize 0 as before.
  induction H as [| r rest R Rest IH]; intros before B; cbn [fold_left]; [assumption |].
  apply IH. destruct (grants_in Read r address (w / 8)); [| assumption].
  replace w with (8 * Z.of_nat (Z.to_nat (w / 8))) at 1; [apply word_bytes_at; apply R |].
  rewrite Z2Nat.id by (apply Z.div_pos; lia). rewrite (Z.div_mod w 8) at 2 by lia. lia.
Qed.

Lemma patch_fits bytes at_offset count value :
  Forall (word 8) bytes -> forall first, Forall (word 8) (patch first bytes at_offset count value).
Proof.
  induction 1; intros first; simpl; constructor; [| auto].
  destruct (_ && _); [apply word_low; lia | assumption].
Qed.

Lemma memory_fits_store w m address value : memory_fits m -> memory_fits (store w m address value).
Proof.
  intros [H F]. split; [| exact F]. unfold store. cbn [regions]. apply Forall_map. eapply Forall_impl; [| exact H].
  intros r Fits. unfold store_in. destruct (grants_in Write r address (w / 8)); [| exact Fits].
  destruct Fits as (A & B & C). split; [exact A |]. split; [exact B |]. now apply patch_fits.
Qed.

Lemma Forall_repeat {A : Type} (P : A -> Prop) a n : P a -> Forall P (repeat a n).
Proof. intros. induction n; simpl; constructor; assumption. Qed.

Lemma memory_fits_push m : memory_fits m -> memory_fits (push_frame m).
Proof.
  intros [H F]. assert (B : word 64 (sub 64 (frame_start m) frame_bytes)) by (apply word_low; lia).
  split; [| exact B]. unfold push_frame. cbn [regions]. apply Forall_app. split; [assumption |].
  constructor; [| constructor]. split; [exact B |]. split; [unfold word, frame_bytes; cbn; lia |].
  apply Forall_repeat. now apply word_zero.
Qed.

Lemma Forall_removelast {A : Type} (P : A -> Prop) l : Forall P l -> Forall P (removelast l).
Proof. induction 1 as [| x l X L IH]; simpl; [constructor |]. destruct l; constructor; assumption. Qed.

Lemma memory_fits_pop m : memory_fits m -> memory_fits (pop_frame m).
Proof.
  destruct m as [[| r rest] below]; intros [H F]; [now split |].
  split; [now apply Forall_removelast | (apply word_low; lia)].
Qed.

(** The fields of an instruction, and the host, say words. *)
Definition operands_fit (o : fields) : Prop :=
  word 4 (dst o) /\ word 4 (src o) /\ word 16 (offset o) /\ word 32 (imm o) /\ word 32 (next_imm o).

Definition host_fits (h : host) : Prop :=
  (forall n, word 64 (map_by_fd h n)) /\ (forall n, word 64 (map_by_index h n)) /\ (forall n, word 64 (map_value h n))
  /\ (forall n, word 64 (variable_address h n)) /\ (forall n, word 64 (code_address h n)) /\ word 64 (packet_start h).

Ltac in_range :=
  match goal with
  | |- word _ (if ?c then _ else _) => destruct c; in_range
  | |- word ?w (add ?w _ _) => apply word_low; lia
  | |- word ?w (sub ?w _ _) => apply word_low; lia
  | |- word ?w (mul ?w _ _) => apply word_low; lia
  | |- word ?w (ashr ?w _ _) => apply word_low; lia
  | |- word ?w (low ?w _) => apply word_low; lia
  | |- word ?w (slice _ ?w _) => apply word_low; lia
  | |- word ?w (sign_extend _ ?w _) => apply word_low; lia
  | |- word ?w (shl ?w _ _) => apply word_shl; lia
  | |- word ?w (lshr ?w _ _) => apply word_lshr; [apply Z.land_nonneg; right; lia | in_range]
  | |- word ?w (udiv ?w _ _) => apply word_udiv; [lia | in_range | in_range]
  | |- word ?w (urem ?w _ _) => apply word_urem; in_range
  | |- word ?w (sdiv ?w _ _) => apply word_sdiv; lia
  | |- word ?w (srem ?w _ _) => apply word_srem; [lia | in_range]
  | |- word _ (Z.land _ _) => apply word_land; [lia | in_range | in_range]
  | |- word _ (Z.lor _ _) => apply word_lor; [lia | in_range | in_range]
  | |- word _ (Z.lxor _ _) => apply word_lxor; [lia | in_range | in_range]
  | |- word ?w (reverse_bytes ?w _) => apply word_reverse_bytes; [lia | reflexivity]
  | |- word ?w (load ?w _ _) => apply word_load; [lia | reflexivity | assumption]
  | |- word 64 (read_at _ _) => apply word_read; assumption
  | |- word _ _ => solve [trivial]
  | |- word _ (Zpos _) => unfold word; lia
  | |- word _ Z0 => unfold word; lia
  | |- word 64 (?op ?v _) => apply word_wider with v; [lia | in_range]
  | |- word 64 (?op ?v _ _) => apply word_wider with v; [lia | in_range]
  | |- word 64 _ => apply word_wider with 32; [lia | in_range]
  end.

Ltac keep_allowance := first [assumption | cbn [allowed] in *; first [exact I | in_range]].

Theorem rule_keeps_words h f o s t :
  is_ordinary f = true -> host_fits h -> operands_fit o -> state_fits s -> rule f h o s = Next t -> state_fits t.
Proof.
  intros Ordinary (H1 & H2 & H3 & H4 & H5 & H6) (O1 & O2 & O3 & O4 & O5) (S1 & S2 & S3 & S4 & S5 & S6) H.
  destruct f; try discriminate Ordinary; simpl rule in H; open_rule H;
  unfold state_fits; cbn [registers pc mem frames branches instructions];
  (split; [first [assumption | apply words_write; [assumption | in_range]] |]);
  (split; [in_range |]); (split; [first [assumption | now apply memory_fits_store] |]); (split; [assumption |]);
  (split; [keep_allowance | assumption]).
Qed.

Theorem call_keeps_words h o s t :
  operands_fit o -> state_fits s -> rule jmp_call_local h o s = Next t -> state_fits t.
Proof.
  intros (O1 & O2 & O3 & O4 & O5) (S1 & S2 & S3 & S4 & S5 & S6) H.
  simpl rule in H; open_rule H; unfold state_fits; cbn [registers pc mem frames branches instructions];
  (split; [apply words_write; [assumption | apply S3] |]); (split; [in_range |]); (split; [now apply memory_fits_push |]);
  (split; [constructor; [split; cbn [return_to saved]; [in_range |] | assumption];
           repeat (apply Forall_cons; [in_range |]); apply Forall_nil |]);
  (split; [keep_allowance | assumption]).
Qed.

Theorem exit_keeps_words h o s t : state_fits s -> rule jmp_exit h o s = Next t -> state_fits t.
Proof.
  intros (S1 & S2 & S3 & S4 & S5 & S6) H.
  assert (T : frame_fits (top s)).
  { unfold top. destruct (frames s) as [| f rest]; [split; [now apply word_zero | constructor] | now inversion S4]. }
  destruct T as [T1 T2]. simpl rule in H; open_rule H; unfold state_fits; cbn [registers pc mem frames branches instructions].
  (split; [repeat (apply words_write; [| now apply word_read]); assumption |]).
  (split; [assumption |]). (split; [now apply memory_fits_pop |]).
  (split; [destruct (frames s); [constructor | now inversion S4] |]).
  split; assumption.
Qed.
