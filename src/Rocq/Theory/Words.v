(** Words: numbers of [Z], with the operations that the rules are made of.

    A word of [w] bits is a number from 0 to 2^w - 1. Operations are total, with the values that SMT-LIB's theory of
    bit-vectors gives them; what the machine does instead, a rule says. *)

From Coq Require Import ZArith.
Open Scope Z_scope.

(** The low [w] bits of a number: [a mod 2^w]. *)
Definition low (w a : Z) : Z := Z.land a (Z.ones w).

(** The word as a two's complement number. *)
Definition signed (w a : Z) : Z := if Z.testbit a (w - 1) then a - Z.shiftl 1 w else a.

Definition add (w a b : Z) : Z := low w (a + b).
Definition sub (w a b : Z) : Z := low w (a - b).
Definition mul (w a b : Z) : Z := low w (a * b).
Definition shl (w a n : Z) : Z := if n <? w then low w (Z.shiftl a n) else 0.
Definition lshr (w a n : Z) : Z := if n <? w then Z.shiftr a n else 0.
Definition ashr (w a n : Z) : Z := low w (Z.shiftr (signed w a) (if n <? w then n else w - 1)).
Definition udiv (w a b : Z) : Z := if b =? 0 then Z.ones w else a / b.
Definition urem (w a b : Z) : Z := if b =? 0 then a else a mod b.
Definition sdiv (w a b : Z) : Z :=
  if b =? 0 then (if signed w a <? 0 then 1 else Z.ones w) else low w (Z.quot (signed w a) (signed w b)).
Definition srem (w a b : Z) : Z := if b =? 0 then a else low w (Z.rem (signed w a) (signed w b)).

Definition less_signed (w a b : Z) : bool := signed w a <? signed w b.

(** [w] bits from bit [lowest] up. *)
Definition slice (lowest w a : Z) : Z := low w (Z.shiftr a lowest).

(** The two's complement value of a word of [from] bits, as a word of [to] bits. *)
Definition sign_extend (from to a : Z) : Z := low to (signed from a).

Fixpoint reverse (count : nat) (a reversed : Z) : Z :=
  match count with
  | O => reversed
  | S count => reverse count (Z.shiftr a 8) (Z.lor (Z.shiftl reversed 8) (low 8 a))
  end.

(** The bytes in reverse order. *)
Definition reverse_bytes (w a : Z) : Z := reverse (Z.to_nat (w / 8)) a 0.

