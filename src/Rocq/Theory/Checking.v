(** Vectors: programs with what must come out, and whether the machine does so. *)

From Coq Require Import ZArith List Bool String.
From Rbpf Require Import Words Regions Profile State Rules Encodings Machine.
Import ListNotations.
Open Scope Z_scope.

Inductive expectation :=
| Returns (r0 : Z)
| Traps (t : trap) (at_slot : Z)
| Refused.

(** A whole state at the end: registers, slot, memory (if it is not as before), branches and instructions left. *)
Record ending := Ending
  { e_registers : list Z; e_pc : Z; e_regions : option (list region); e_branches : option Z; e_instructions : option Z }.

(** A program, with how many bytes follow its last whole slot, where it is entered, the state before, what must come out and,
    where it is said, the state after. *)
Record vector := Vector
  { name : string; code : program; rest : Z; before : state; expected : expectation; after : option ending }.

(** As many bytes as are asked for, of a little-endian number. *)
Fixpoint unpack (count : nat) (number : Z) : list Z :=
  match count with
  | O => []
  | S count => low 8 number :: unpack count (Z.shiftr number 8)
  end.

Definition packed (count number : Z) : list Z := unpack (Z.to_nat count) number.
Definition times (count slot : Z) : list Z := repeat slot (Z.to_nat count).

(** The state before a run that is given its registers, slot, regions and budget. *)
Definition given (registers : list Z) (pc : Z) (regions : list region) (branches instructions : option Z) : state :=
  State registers pc (Memory regions stack_start) [] branches instructions.

(** The state before a run without context, entered at slot 0. *)
Definition plain : state :=
  given [0; 0; 0; 0; 0; 0; 0; 0; 0; 0; stack_start + frame_bytes] 0
    [Region stack_start frame_bytes true true (repeat 0 (Z.to_nat frame_bytes))] branch_limit instruction_limit.

Definition refused (name : string) (code : program) (rest entry : Z) : vector :=
  Vector name code rest (given [] entry [] None None) Refused None.

Definition returns (name : string) (r0 : Z) (code : program) (before : state) (after : option ending) : vector :=
  Vector name code 0 before (Returns r0) after.

Definition traps (name : string) (t : trap) (at_slot : Z) (code : program) (before : state) (after : option ending) : vector :=
  Vector name code 0 before (Traps t at_slot) after.

Scheme Equality for trap.

Definition option_eqb (a b : option Z) : bool :=
  match a, b with
  | Some a, Some b => a =? b
  | None, None => true
  | _, _ => false
  end.

Fixpoint all_same {A : Type} (same : A -> A -> bool) (one other : list A) : bool :=
  match one, other with
  | [], [] => true
  | a :: one, b :: other => same a b && all_same same one other
  | _, _ => false
  end.

Definition region_eqb (a b : region) : bool :=
  (start a =? start b) && (size a =? size b) && Bool.eqb (readable a) (readable b) && Bool.eqb (writable a) (writable b)
  && all_same Z.eqb (bytes a) (bytes b).

Definition ends_as (v : vector) (s : state) : bool :=
  match after v with
  | None => true
  | Some e =>
      all_same Z.eqb (registers s) (e_registers e) && (pc s =? e_pc e)
      && all_same region_eqb (regions (mem s))
           (match e_regions e with Some regions => regions | None => regions (mem (before v)) end)
      && option_eqb (branches s) (e_branches e) && option_eqb (instructions s) (e_instructions e)
  end.

(** More steps than a program of a suite takes. *)
Definition steps : nat := Z.to_nat 20000.

(** Whether the machine, without functions of a host, does what a vector says. *)
Definition holds (v : vector) : bool :=
  let is_accepted := (rest v =? 0) && preflight (fun _ => false) (code v) (pc (before v)) in
  match expected v with
  | Refused => negb is_accepted
  | Returns r0 =>
      if is_accepted then
        match run steps bare (code v) (before v) with
        | Exited s => (read_at (registers s) 0 =? r0) && ends_as v s
        | _ => false
        end
      else false
  | Traps t at_slot =>
      if is_accepted then
        match run steps bare (code v) (before v) with
        | Trapped u s => trap_beq t u && (pc s =? at_slot) && ends_as v s
        | _ => false
        end
      else false
  end.

(** The names of the vectors that do not hold. *)
Definition failing (vectors : list vector) : list string := map name (filter (fun v => negb (holds v)) vectors).
