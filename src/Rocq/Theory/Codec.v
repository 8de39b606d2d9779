(** Decoding is the inverse of encoding, and encoding of decoding. *)

From Coq Require Import ZArith List Bool Lia.
From Rbpf Require Import Words Regions Profile State Rules Encodings Machine.
Import ListNotations.
Open Scope Z_scope.

(** Words. *)

Lemma low_mod w a : 0 <= w -> low w a = a mod 2 ^ w.
Proof. intros. apply Z.land_ones. assumption. Qed.

Lemma low_small w a : 0 <= a < 2 ^ w -> low w a = a.
Proof.
  intros H. assert (0 <= w). { destruct (Z.neg_nonneg_cases w); [| assumption]. rewrite Z.pow_neg_r in H; lia. }
  rewrite low_mod by assumption. now apply Z.mod_small.
Qed.

(** A number above a power of two, and one below it: nothing is carried. *)
Lemma lor_above a b n : 0 <= n -> 0 <= a < 2 ^ n -> Z.lor a (b * 2 ^ n) = a + b * 2 ^ n.
Proof.
  intros Hn Ha. symmetry. rewrite <- Z.lxor_lor, <- Z.add_nocarry_lxor; try reflexivity;
  apply Z.bits_inj'; intros i Hi; rewrite Z.land_spec, Z.bits_0, <- Z.shiftl_mul_pow2, Z.shiftl_spec by assumption;
  (destruct (Z.lt_ge_cases i n);
   [ rewrite (Z.testbit_neg_r b) by lia; apply andb_false_r
   | replace a with (a mod 2 ^ n) by (apply Z.mod_small; assumption);
     rewrite Z.mod_pow2_bits_high by lia; apply andb_false_l ]).
Qed.

(** The fields of a slot are words. *)
Definition slot_fits (x : slot) : Prop :=
  0 <= s_opcode x < 2 ^ 8 /\ 0 <= s_dst x < 2 ^ 4 /\ 0 <= s_src x < 2 ^ 4 /\ 0 <= s_offset x < 2 ^ 16 /\ 0 <= s_imm x < 2 ^ 32.

(** The number of a slot is that of its fields, each above the ones before. *)
Lemma bits_of_sum x : slot_fits x ->
  bits_of x = s_opcode x + s_dst x * 2 ^ 8 + s_src x * 2 ^ 12 + s_offset x * 2 ^ 16 + s_imm x * 2 ^ 32.
Proof.
  intros (Ho & Hd & Hs & Hf & Hi). unfold bits_of, shl.
  repeat match goal with |- context [?a <? 64] => change (a <? 64) with true end; cbv iota.
  rewrite !Z.shiftl_mul_pow2 by lia.
  rewrite !(low_small 64) by lia.
  change (2 ^ 0) with 1. rewrite Z.mul_1_r.
  rewrite (lor_above _ (s_dst x) 8) by lia.
  rewrite (lor_above _ (s_src x) 12) by lia.
  rewrite (lor_above _ (s_offset x) 16) by lia.
  rewrite (lor_above _ (s_imm x) 32) by lia.
  reflexivity.
Qed.

Lemma slice_mod lowest w a : 0 <= lowest -> 0 <= w -> slice lowest w a = (a / 2 ^ lowest) mod 2 ^ w.
Proof. intros. unfold slice. now rewrite low_mod, Z.shiftr_div_pow2. Qed.

Lemma slot_of_bits_of x : slot_fits x -> slot_of (bits_of x) = x.
Proof.
  intros H. rewrite bits_of_sum by assumption. destruct H as (Ho & Hd & Hs & Hf & Hi), x as [o d s f i].
  unfold slot_of. rewrite low_mod, !slice_mod by lia. simpl in *. f_equal; Z.div_mod_to_equations; lia.
Qed.

Lemma bits_of_slot_of bits : 0 <= bits < 2 ^ 64 -> bits_of (slot_of bits) = bits.
Proof.
  intros H. rewrite bits_of_sum.
  - unfold slot_of. rewrite low_mod, !slice_mod by lia. simpl. Z.div_mod_to_equations; lia.
  - unfold slot_fits, slot_of. rewrite low_mod, !slice_mod by lia. simpl. repeat split; Z.div_mod_to_equations; lia.
Qed.

(** What an encoding holds of some fields: those that it does not hold are zero, and all are words. *)
Definition fields_fit (f : form) (o : fields) : Prop :=
  fields_of f (first_slot f o) (second_slot f o) = o
  /\ 0 <= dst o < 2 ^ 4 /\ 0 <= src o < 2 ^ 4 /\ 0 <= offset o < 2 ^ 16 /\ 0 <= imm o < 2 ^ 32 /\ 0 <= next_imm o < 2 ^ 32.

(** An instruction of the profile: its slots break no check of its encoding. *)
Definition well_formed (f : form) (o : fields) : Prop :=
  fields_fit f o
  /\ malformed f (site_at (first_slot f o) (snd (encode f o)) 0 0 (fun _ => true) (fun _ => true)) = false.

Lemma first_slot_fits f o : fields_fit f o -> slot_fits (first_slot f o).
Proof. intros (_ & H). unfold slot_fits. destruct f; simpl; lia. Qed.

Lemma second_slot_fits f o : fields_fit f o -> slot_fits (second_slot f o).
Proof. intros (_ & H). unfold slot_fits. destruct f; simpl; lia. Qed.

(** An encoding is found by what it writes in its slot: no two encodings share a slot. *)
Lemma form_of_first_slot f o : form_of (first_slot f o) = Some f.
Proof. destruct f; reflexivity. Qed.

Theorem decode_encode f o : well_formed f o -> decode (fst (encode f o)) (snd (encode f o)) = Some (f, o).
Proof.
  intros (Fits & Well). unfold decode. simpl fst.
  rewrite slot_of_bits_of by now apply first_slot_fits.
  rewrite form_of_first_slot, Well. do 2 f_equal.
  transitivity (fields_of f (first_slot f o) (second_slot f o)); [| now destruct Fits].
  unfold encode, site_at. simpl snd. destruct (is_wide f) eqn:Wide; simpl s_next.
  - rewrite slot_of_bits_of by now apply second_slot_fits. reflexivity.
  - destruct f; try discriminate Wide; reflexivity.
Qed.

(** Turns checks that hold, or are not broken, into equations and inequations. *)
Ltac read_checks :=
  repeat match goal with
  | H : _ && _ = true |- _ => apply andb_prop in H; destruct H
  | H : _ || _ = false |- _ => apply orb_false_elim in H; destruct H
  | H : true && _ = false |- _ => rewrite andb_true_l in H
  | H : negb _ = false |- _ => apply negb_false_iff in H
  | H : (_ =? _) = true |- _ => apply Z.eqb_eq in H
  end.

(** The slots of an encoding hold nothing but what its fields say. *)
Lemma first_slot_fields_of f x y index count starts granted :
  selects f (s_slot x) = true -> x = Site (s_slot x) y (s_has_next x) index count starts granted ->
  malformed f x = false -> first_slot f (fields_of f (s_slot x) y) = s_slot x.
Proof.
  intros Selects Is Well. rewrite Is in Well. clear Is. destruct (s_slot x) as [o d s t i].
  destruct f; simpl in *; read_checks; subst; (reflexivity || discriminate).
Qed.

(** Nor does the second one, which a wide instruction has. *)
Lemma second_slot_fields_of f x y index count starts granted has_next :
  is_wide f = true -> malformed f (Site x y has_next index count starts granted) = false ->
  has_next = true /\ second_slot f (fields_of f x y) = y.
Proof.
  intros Wide Well. destruct y as [o d s t i].
  destruct f; try discriminate Wide; simpl in *; read_checks; subst; try discriminate;
    read_checks; subst; split; reflexivity.
Qed.

Theorem encode_decode bits next f o :
  0 <= bits < 2 ^ 64 -> decode bits next = Some (f, o) -> fst (encode f o) = bits.
Proof.
  intros Bits. unfold decode. destruct (form_of (slot_of bits)) as [g |] eqn:Found; [| discriminate].
  destruct (malformed g _) eqn:Well; [discriminate |]. intros H. injection H as -> <-. simpl.
  apply find_some in Found as (_ & Selects).
  set (here := site_at _ _ _ _ _ _) in *.
  replace (first_slot f _) with (slot_of bits); [now apply bits_of_slot_of |]. symmetry.
  replace (slot_of bits) with (s_slot here) by now destruct next.
  eapply first_slot_fields_of; [| destruct next; reflexivity | exact Well]. now destruct next.
Qed.

Theorem encode_decode_wide bits next f o :
  (forall n, next = Some n -> 0 <= n < 2 ^ 64) -> decode bits next = Some (f, o) -> is_wide f = true ->
  snd (encode f o) = next.
Proof.
  intros Next. unfold decode. destruct (form_of (slot_of bits)) as [g |]; [| discriminate].
  destruct (malformed g _) eqn:Well; [discriminate |]. intros H Wide. injection H as -> <-. simpl. rewrite Wide.
  destruct next as [n |]; simpl in *; apply second_slot_fields_of in Well as (Has & Same); try assumption; try discriminate.
  rewrite Same. f_equal. apply bits_of_slot_of, Next. reflexivity.
Qed.
