; When the machine of profile rbpf stops, and when a machine that asks for more would, as SMT-LIB 2 definitions.
;
; Written by hand from the decisions of the profile; it owes nothing to the rules of this repository, which are proved
; equal to it. Logic: QF_BV. It stands on its own and may follow rfc9669.smt2 in one script.
;
; A comment starts with the decision. |trap:KIND:ID| belongs to the encoding with that rule id; dst and src are the
; whole 64 bits of the registers, imm is the immediate field. Sums that must not wrap are formed in 66 bits, which hold
; the sum of any two 64-bit numbers.

; ---------------------------------------------------------------------------------------------------------------------
; Building blocks.

; The operand of a 32-bit operation is the lower half of the register.
(define-fun |trap:low32| ((register (_ BitVec 64))) (_ BitVec 32)
  ((_ extract 31 0) register))

; The immediate of a 64-bit operation is signed: copies of its topmost bit fill the upper half.
(define-fun |trap:wide-immediate| ((imm (_ BitVec 32))) (_ BitVec 64)
  (concat ((_ repeat 32) ((_ extract 31 31) imm)) imm))

; A 64-bit number in 66 bits.
(define-fun |trap:unbounded| ((number (_ BitVec 64))) (_ BitVec 66)
  (concat #b00 number))

; 2^64, one past the last address.
(define-fun |trap:end-of-addresses| () (_ BitVec 66)
  (concat #b01 #x0000000000000000))

; ---------------------------------------------------------------------------------------------------------------------
; Division by zero (deviation D-01): dividing by zero stops the machine where RFC 9669 has a result. What counts is the
; divisor at the width of the operation.

; DIV, 32 bits: the immediate is zero.
(define-fun |trap:zero-divisor:alu/div32-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (= imm #x00000000))

; DIV, 32 bits: the lower half of src is zero, whatever is above it.
(define-fun |trap:zero-divisor:alu/div32-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (= (|trap:low32| src) #x00000000))

; DIV, 64 bits: the extended immediate is zero.
(define-fun |trap:zero-divisor:alu/div64-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (= (|trap:wide-immediate| imm) #x0000000000000000))

; DIV, 64 bits: src is zero.
(define-fun |trap:zero-divisor:alu/div64-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (= src #x0000000000000000))

; SDIV, 32 bits: the immediate is zero.
(define-fun |trap:zero-divisor:alu/sdiv32-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (= imm #x00000000))

; SDIV, 32 bits: the lower half of src is zero, whatever is above it.
(define-fun |trap:zero-divisor:alu/sdiv32-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (= (|trap:low32| src) #x00000000))

; SDIV, 64 bits: the extended immediate is zero.
(define-fun |trap:zero-divisor:alu/sdiv64-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (= (|trap:wide-immediate| imm) #x0000000000000000))

; SDIV, 64 bits: src is zero.
(define-fun |trap:zero-divisor:alu/sdiv64-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (= src #x0000000000000000))

; MOD, 32 bits: the immediate is zero.
(define-fun |trap:zero-divisor:alu/mod32-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (= imm #x00000000))

; MOD, 32 bits: the lower half of src is zero, whatever is above it.
(define-fun |trap:zero-divisor:alu/mod32-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (= (|trap:low32| src) #x00000000))

; MOD, 64 bits: the extended immediate is zero.
(define-fun |trap:zero-divisor:alu/mod64-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (= (|trap:wide-immediate| imm) #x0000000000000000))

; MOD, 64 bits: src is zero.
(define-fun |trap:zero-divisor:alu/mod64-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (= src #x0000000000000000))

; SMOD, 32 bits: the immediate is zero.
(define-fun |trap:zero-divisor:alu/smod32-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (= imm #x00000000))

; SMOD, 32 bits: the lower half of src is zero, whatever is above it.
(define-fun |trap:zero-divisor:alu/smod32-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (= (|trap:low32| src) #x00000000))

; SMOD, 64 bits: the extended immediate is zero.
(define-fun |trap:zero-divisor:alu/smod64-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (= (|trap:wide-immediate| imm) #x0000000000000000))

; SMOD, 64 bits: src is zero.
(define-fun |trap:zero-divisor:alu/smod64-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (= src #x0000000000000000))

; ---------------------------------------------------------------------------------------------------------------------
; Large shifts: not a trap of profile rbpf, which masks the amount. A stricter machine stops when the amount, unsigned
; and at the width of the operation, is that width or more, so when it has a bit above those that the mask keeps.

; LSH, 32 bits: the immediate is 32 or more; a negative one is.
(define-fun |trap:large-shift:alu/lsh32-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (distinct ((_ extract 31 5) imm) #b000000000000000000000000000))

; LSH, 32 bits: the lower half of src is 32 or more; what is above it does not count.
(define-fun |trap:large-shift:alu/lsh32-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (distinct ((_ extract 31 5) src) #b000000000000000000000000000))

; LSH, 64 bits: the extended immediate is 64 or more; a negative one is.
(define-fun |trap:large-shift:alu/lsh64-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (distinct ((_ extract 63 6) (|trap:wide-immediate| imm))
            #b0000000000000000000000000000000000000000000000000000000000))

; LSH, 64 bits: src is 64 or more.
(define-fun |trap:large-shift:alu/lsh64-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (distinct ((_ extract 63 6) src) #b0000000000000000000000000000000000000000000000000000000000))

; RSH, 32 bits: the immediate is 32 or more.
(define-fun |trap:large-shift:alu/rsh32-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (distinct ((_ extract 31 5) imm) #b000000000000000000000000000))

; RSH, 32 bits: the lower half of src is 32 or more.
(define-fun |trap:large-shift:alu/rsh32-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (distinct ((_ extract 31 5) src) #b000000000000000000000000000))

; RSH, 64 bits: the extended immediate is 64 or more.
(define-fun |trap:large-shift:alu/rsh64-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (distinct ((_ extract 63 6) (|trap:wide-immediate| imm))
            #b0000000000000000000000000000000000000000000000000000000000))

; RSH, 64 bits: src is 64 or more.
(define-fun |trap:large-shift:alu/rsh64-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (distinct ((_ extract 63 6) src) #b0000000000000000000000000000000000000000000000000000000000))

; ARSH, 32 bits: the immediate is 32 or more.
(define-fun |trap:large-shift:alu/arsh32-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (distinct ((_ extract 31 5) imm) #b000000000000000000000000000))

; ARSH, 32 bits: the lower half of src is 32 or more.
(define-fun |trap:large-shift:alu/arsh32-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (distinct ((_ extract 31 5) src) #b000000000000000000000000000))

; ARSH, 64 bits: the extended immediate is 64 or more.
(define-fun |trap:large-shift:alu/arsh64-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (distinct ((_ extract 63 6) (|trap:wide-immediate| imm))
            #b0000000000000000000000000000000000000000000000000000000000))

; ARSH, 64 bits: src is 64 or more.
(define-fun |trap:large-shift:alu/arsh64-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (distinct ((_ extract 63 6) src) #b0000000000000000000000000000000000000000000000000000000000))

; ---------------------------------------------------------------------------------------------------------------------
; Signed overflow: not a trap of profile rbpf, where it wraps and the remainder is 0. A stricter machine stops when the
; smallest number of the width is divided by -1.

; SDIV, 32 bits: the lower half of dst is -2^31, the immediate is -1.
(define-fun |trap:signed-overflow:alu/sdiv32-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (and (= (|trap:low32| dst) #x80000000) (= imm #xffffffff)))

; SDIV, 32 bits: the lower half of dst is -2^31, that of src is -1.
(define-fun |trap:signed-overflow:alu/sdiv32-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (and (= (|trap:low32| dst) #x80000000) (= (|trap:low32| src) #xffffffff)))

; SDIV, 64 bits: dst is -2^63, the extended immediate is -1.
(define-fun |trap:signed-overflow:alu/sdiv64-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (and (= dst #x8000000000000000) (= (|trap:wide-immediate| imm) #xffffffffffffffff)))

; SDIV, 64 bits: dst is -2^63, src is -1.
(define-fun |trap:signed-overflow:alu/sdiv64-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (and (= dst #x8000000000000000) (= src #xffffffffffffffff)))

; SMOD, 32 bits: the lower half of dst is -2^31, the immediate is -1.
(define-fun |trap:signed-overflow:alu/smod32-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (and (= (|trap:low32| dst) #x80000000) (= imm #xffffffff)))

; SMOD, 32 bits: the lower half of dst is -2^31, that of src is -1.
(define-fun |trap:signed-overflow:alu/smod32-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (and (= (|trap:low32| dst) #x80000000) (= (|trap:low32| src) #xffffffff)))

; SMOD, 64 bits: dst is -2^63, the extended immediate is -1.
(define-fun |trap:signed-overflow:alu/smod64-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (and (= dst #x8000000000000000) (= (|trap:wide-immediate| imm) #xffffffffffffffff)))

; SMOD, 64 bits: dst is -2^63, src is -1.
(define-fun |trap:signed-overflow:alu/smod64-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (and (= dst #x8000000000000000) (= src #xffffffffffffffff)))

; ---------------------------------------------------------------------------------------------------------------------
; Memory access: within one region that has the permission; never wraps; otherwise the machine stops.

; Regions: a region has addresses only, so it ends at 2^64 at the latest. Every region of a machine is such a one.
(define-fun |access:region| ((start (_ BitVec 64)) (length (_ BitVec 64))) Bool
  (bvule (bvadd (|trap:unbounded| start) (|trap:unbounded| length)) |trap:end-of-addresses|))

; Within: each of count bytes from the address on lies in the region and has an address. For a region as above the
; third condition follows from the second. Of no bytes, this asks that they start in the region or at its end.
(define-fun |access:within| ((start (_ BitVec 64)) (length (_ BitVec 64)) (address (_ BitVec 64)) (count (_ BitVec 64))) Bool
  (and (bvule (|trap:unbounded| start) (|trap:unbounded| address))
       (bvule (bvadd (|trap:unbounded| address) (|trap:unbounded| count))
              (bvadd (|trap:unbounded| start) (|trap:unbounded| length)))
       (bvule (bvadd (|trap:unbounded| address) (|trap:unbounded| count)) |trap:end-of-addresses|)))

; Permission: what is read must be readable and what is written writable; an atomic operation does both.
(define-fun |access:granted| ((start (_ BitVec 64)) (length (_ BitVec 64)) (readable Bool) (writable Bool) (address (_ BitVec 64)) (count (_ BitVec 64)) (reads Bool) (writes Bool)) Bool
  (and (|access:within| start length address count)
       (=> reads readable)
       (=> writes writable)))

; ---------------------------------------------------------------------------------------------------------------------
; Budget: taken branches and local calls are counted together, helper calls and branches not taken are free. "Taken" is
; true of both that count, and "left" is how many more may pass: with 200 left, 200 pass and the next one stops the
; machine.

; Budget: a branch with none left stops the machine.
(define-fun |budget:branch-trap| ((taken Bool) (left (_ BitVec 64))) Bool
  (and taken (= left #x0000000000000000)))

; Budget: a branch that passes costs one; what stops the machine leaves the state as it was.
(define-fun |budget:branches-after| ((taken Bool) (left (_ BitVec 64))) (_ BitVec 64)
  (ite (and taken (distinct left #x0000000000000000))
       (bvadd left #xffffffffffffffff)
       left))

; ---------------------------------------------------------------------------------------------------------------------
; Alignment: not a trap of profile rbpf. A stricter machine stops when the address is no multiple of the number of
; bytes, which is 1, 2, 4 or 8; there is no other access.

; Alignment: the lowest bit, two bits or three bits of the address are not all zero.
(define-fun |alignment:trap| ((address (_ BitVec 64)) (count (_ BitVec 64))) Bool
  (or (and (= count #x0000000000000002) (distinct ((_ extract 0 0) address) #b0))
      (and (= count #x0000000000000004) (distinct ((_ extract 1 0) address) #b00))
      (and (= count #x0000000000000008) (distinct ((_ extract 2 0) address) #b000))))
