(** Lists that are read and written by numbers, and regions of memory. *)

From Coq Require Import ZArith List.
From Rbpf Require Import Words.
Open Scope Z_scope.

(** The element with a number, counted from [first]; zero where there is none. *)
Fixpoint read_from (first : Z) (list : list Z) (number : Z) : Z :=
  match list with
  | nil => 0
  | value :: rest => if first =? number then value else read_from (first + 1) rest number
  end.

(** The list with another element at a number, counted from [first]; the same where there is none. *)
Fixpoint write_from (first : Z) (list : list Z) (number new : Z) : Datatypes.list Z :=
  match list with
  | nil => nil
  | value :: rest => (if first =? number then new else value) :: write_from (first + 1) rest number new
  end.

Definition read_at : list Z -> Z -> Z := read_from 0.
Definition write_at : list Z -> Z -> Z -> list Z := write_from 0.

(** The little-endian number of [count] bytes. *)
Fixpoint bytes_at (bytes : list Z) (offset : Z) (count : nat) : Z :=
  match count with
  | O => 0
  | S count => Z.lor (read_at bytes offset) (Z.shiftl (bytes_at bytes (offset + 1) count) 8)
  end.

(** The bytes, numbered from [first], after the [count] little-endian bytes of a value are written at an offset. *)
Fixpoint patch (first : Z) (bytes : list Z) (offset count value : Z) : list Z :=
  match bytes with
  | nil => nil
  | byte :: rest =>
      (if (offset <=? first) && (first <? offset + count) then slice (8 * (first - offset)) 8 value else byte)
      :: patch (first + 1) rest offset count value
  end%bool.

(** What an instruction does to memory. *)
Inductive access := Read | Write | ReadWrite.

(** A range of addresses that the host grants to the program, with its bytes. *)
Record region := Region
  { start : Z; size : Z; readable : bool; writable : bool; bytes : list Z }.
