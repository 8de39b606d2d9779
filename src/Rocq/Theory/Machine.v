(** The machine: decoding, encoding, one step, runs, and the preflight check. *)

From Coq Require Import ZArith List Bool.
From Rbpf Require Import Words Regions Profile State Rules Encodings.
Import ListNotations.
Open Scope Z_scope.

(** A program: the little-endian numbers of its slots of 8 bytes. *)
Definition program := list Z.

(** The encoding of a slot, among those of the profile. *)
Definition form_of (x : slot) : option form := find (fun f => selects f x) forms.

(** A place in a program where an instruction starts. *)
Definition site_at (x : slot) (next : option Z) (index count : Z) (starts granted : Z -> bool) : site :=
  match next with
  | Some bits => Site x (slot_of bits) true index count starts granted
  | None => Site x (slot_of 0) false index count starts granted
  end.

(** The instruction of a slot, and of the one after it, if they are one of the profile. *)
Definition decode (bits : Z) (next : option Z) : option (form * fields) :=
  let x := slot_of bits in
  match form_of x with
  | Some f =>
      let here := site_at x next 0 0 (fun _ => true) (fun _ => true) in
      if malformed f here then None else Some (f, fields_of f x (s_next here))
  | None => None
  end.

(** The slot of an instruction and, if it is wide, its second one. *)
Definition encode (f : form) (operands : fields) : Z * option Z :=
  (bits_of (first_slot f operands), if is_wide f then Some (bits_of (second_slot f operands)) else None).

(** An instruction with what it costs: its rule, or a trap where no instruction is left to pay with. *)
Definition execute (h : host) (f : form) (operands : fields) (s : state) : outcome :=
  match instructions s with
  | None => rule f h operands s
  | Some remaining =>
      if cannot_pay remaining then Trapped InstructionBudget s
      else
        let paid := State (registers s) (pc s) (mem s) (frames s) (branches s) (Some (payment remaining)) in
        match rule f h operands paid with
        | Trapped t _ => Trapped t s
        | end_of => end_of
        end
  end.

Definition slot_at (p : program) (index : Z) : option Z := nth_error p (Z.to_nat index).

(** One step. *)
Definition step (h : host) (p : program) (s : state) : outcome :=
  if pc s <? Z.of_nat (length p) then
    match slot_at p (pc s) with
    | Some bits =>
        match decode bits (slot_at p (pc s + 1)) with
        | Some (f, operands) => execute h f operands s
        | None => Trapped IllegalInstruction s
        end
    | None => Trapped ProgramCounterOutside s
    end
  else Trapped ProgramCounterOutside s.

(** A run of at most so many steps: how it ends, or [Next] and where it is then. *)
Fixpoint run (fuel : nat) (h : host) (p : program) (s : state) : outcome :=
  match fuel with
  | O => Next s
  | S fuel => match step h p s with Next s => run fuel h p s | end_of => end_of end
  end.

(** For each slot whether an instruction starts there, when read from slot 0 on. *)
Fixpoint starts_of (p : program) (is_second : bool) : list bool :=
  match p with
  | [] => []
  | bits :: rest => negb is_second :: starts_of rest (negb is_second && is_wide_opcode (s_opcode (slot_of bits)))
  end.

Definition nth_of (list : list bool) (index : Z) : bool :=
  if index <? Z.of_nat (length list) then nth (Z.to_nat index) list false else false.

(** Whether each instruction keeps every check. *)
Fixpoint sites_hold (p : program) (starts : list bool) (is_start granted : Z -> bool) (index count : Z) : bool :=
  match p, starts with
  | bits :: rest, start :: starts =>
      (if start then
         let x := slot_of bits in
         match form_of x with
         | Some f =>
             let here := site_at x (hd_error rest) index count is_start granted in
             negb (malformed f here) && negb (misplaced f here)
         | None => false
         end
       else true)
      && sites_hold rest starts is_start granted (index + 1) count
  | _, _ => true
  end.

(** The preflight check of a program that is entered at a slot and may call the functions that [granted] says. *)
Definition preflight (granted : Z -> bool) (p : program) (entry : Z) : bool :=
  let count := Z.of_nat (length p) in
  let starts := starts_of p false in
  (entry <? count) && nth_of starts entry && sites_hold p starts (nth_of starts) granted 0 count.
