(** The state of a run, and what the rules ask of it. *)

From Coq Require Import ZArith List Bool.
From Rbpf Require Import Words Regions Profile.
Import ListNotations.
Open Scope Z_scope.

(** Memory: regions with disjoint ranges, the stack frames of local calls the last ones, and where the frame in use begins. *)
Record memory := Memory { regions : list region; frame_start : Z }.

(** Whether some one region grants an access. *)
Definition grants (m : memory) (kind : access) (address count : Z) : bool :=
  existsb (fun r => grants_in kind r address count) (regions m).

(** The little-endian word at an address; zero where a read is not granted. *)
Definition load (w : Z) (m : memory) (address : Z) : Z :=
  fold_left
    (fun value r =>
      if grants_in Read r address (w / 8)
      then bytes_at (bytes r) (sub 64 address (start r)) (Z.to_nat (w / 8))
      else value)
    (regions m) 0.

Definition store_in (w : Z) (address value : Z) (r : region) : region :=
  if grants_in Write r address (w / 8)
  then Region (start r) (size r) (readable r) (writable r) (patch 0 (bytes r) (sub 64 address (start r)) (w / 8) value)
  else r.

(** The memory after a little-endian word is written; bytes change only where the write is granted. *)
Definition store (w : Z) (m : memory) (address value : Z) : memory :=
  Memory (map (store_in w address value) (regions m)) (frame_start m).

(** The memory with one more stack frame, right below the one in use, zeroed. *)
Definition push_frame (m : memory) : memory :=
  let below := sub 64 (frame_start m) frame_bytes in
  Memory (regions m ++ [Region below frame_bytes true true (repeat 0 (Z.to_nat frame_bytes))]) below.

(** The memory without the latest stack frame. *)
Definition pop_frame (m : memory) : memory :=
  match regions m with
  | [] => m
  | all => Memory (removelast all) (add 64 (frame_start m) frame_bytes)
  end.

(** The frame of a local call: where the caller goes on, and its r6 to r10. *)
Record frame := Frame { return_to : Z; saved : list Z }.

(** The state: r0 to r10, the slot to execute next, memory, the local calls that have not returned, the latest first, and
    how many branches and instructions are left, where that is limited. *)
Record state := State
  { registers : list Z; pc : Z; mem : memory; frames : list frame; branches : option Z; instructions : option Z }.

Definition depth (s : state) : Z := Z.of_nat (length (frames s)).
Definition top (s : state) : frame := hd (Frame 0 []) (frames s).

(** The fields of an instruction, as words of 4, 4, 16, 32 and 32 bits. *)
Record fields := Fields { dst : Z; src : Z; offset : Z; imm : Z; next_imm : Z }.

(** The end of one step: the program goes on, it ends with r0, or the machine stops in the state before the instruction. *)
Inductive outcome :=
| Next (s : state)
| Exited (s : state)
| Trapped (t : trap) (s : state).

(** What the machine asks of its host. A function that is called by an id yields what comes of the call; it is not there
    where it yields nothing. Of the others no profile of this export has an instruction. *)
Record host := Host
  { call_helper : Z -> state -> option outcome;
    call_btf : Z -> state -> option outcome;
    map_by_fd : Z -> Z;
    map_by_index : Z -> Z;
    map_value : Z -> Z;
    variable_address : Z -> Z;
    code_address : Z -> Z;
    packet_start : Z }.

(** The host that has no functions. *)
Definition bare : host :=
  Host (fun _ _ => None) (fun _ _ => None) (fun n => n) (fun n => n) (fun n => n) (fun n => n) (fun n => n) 0.
