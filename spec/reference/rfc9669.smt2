; RFC 9669, BPF Instruction Set Architecture (ISA), October 2024, as SMT-LIB 2 definitions.
;
; Written by hand from the RFC; it owes nothing to the rules of this repository, which are proved equal to it.
; Logic: QF_AUFBV; the uninterpreted functions are those of the platform. No definition is recursive.
;
; The number that opens a comment is the section of the RFC; after it stand the code, the source and the class, or the
; mode, the size and the class, and the opcode. "Silent" marks what the RFC leaves open and what is taken here.
;
; |rfc:ID| belongs to the encoding with that rule id; names without a slash are building blocks.
;   dst, src, r0   the whole 64 bits of the registers
;   offset, imm    the fields of the instruction, as wide as they are encoded
;   mem            flat memory, a byte for each of the 2^64 addresses; the machine is little-endian
;   pc             the index of the slot in which the instruction starts

; ---------------------------------------------------------------------------------------------------------------------
; The fields of a slot. The word is the little-endian reading of the slot's eight bytes: byte 0 is its lowest byte.

; 3.1: the first byte is the operation.
(define-fun |rfc:opcode| ((slot (_ BitVec 64))) (_ BitVec 8)
  ((_ extract 7 0) slot))

; 3.1: on a little-endian host the destination register is the lower nibble of the second byte.
(define-fun |rfc:dst_reg| ((slot (_ BitVec 64))) (_ BitVec 4)
  ((_ extract 11 8) slot))

; 3.1: on a little-endian host the source register is the upper nibble of the second byte.
(define-fun |rfc:src_reg| ((slot (_ BitVec 64))) (_ BitVec 4)
  ((_ extract 15 12) slot))

; 3.1: bytes 2 and 3 are the signed offset, low byte first.
(define-fun |rfc:offset| ((slot (_ BitVec 64))) (_ BitVec 16)
  ((_ extract 31 16) slot))

; 3.1: bytes 4 to 7 are the signed immediate, low byte first. 3.2: in a second slot they are next_imm.
(define-fun |rfc:imm| ((slot (_ BitVec 64))) (_ BitVec 32)
  ((_ extract 63 32) slot))

; ---------------------------------------------------------------------------------------------------------------------
; Building blocks.

; 4.1: an operand of class ALU is 32 bits wide, the lower ones of the register.
(define-fun |rfc:low32| ((register (_ BitVec 64))) (_ BitVec 32)
  ((_ extract 31 0) register))

; 4.1: "(u32)" says that the upper 32 bits are zero.
(define-fun |rfc:zero-extended| ((half (_ BitVec 32))) (_ BitVec 64)
  (concat #x00000000 half))

; 2.3: to sign extend is to keep the bits and to fill what is above them with copies of the topmost one.
(define-fun |rfc:sign-extended8| ((byte (_ BitVec 8))) (_ BitVec 64)
  (concat ((_ repeat 56) ((_ extract 7 7) byte)) byte))

; 2.3: the same from 16 bits.
(define-fun |rfc:sign-extended16| ((half (_ BitVec 16))) (_ BitVec 64)
  (concat ((_ repeat 48) ((_ extract 15 15) half)) half))

; 2.3: the same from 32 bits.
(define-fun |rfc:sign-extended32| ((word (_ BitVec 32))) (_ BitVec 64)
  (concat ((_ repeat 32) ((_ extract 31 31) word)) word))

; 4.1: the amount of a 32-bit shift is masked with 0x1f, so its five lower bits count.
(define-fun |rfc:amount32| ((operand (_ BitVec 32))) (_ BitVec 32)
  (concat #b000000000000000000000000000 ((_ extract 4 0) operand)))

; 4.1: the amount of a 64-bit shift is masked with 0x3f, so its six lower bits count.
(define-fun |rfc:amount64| ((operand (_ BitVec 64))) (_ BitVec 64)
  (concat #b0000000000000000000000000000000000000000000000000000000000 ((_ extract 5 0) operand)))

; 4.1: an unsigned quotient; zero where the divisor is zero.
(define-fun |rfc:quotient32| ((dividend (_ BitVec 32)) (divisor (_ BitVec 32))) (_ BitVec 32)
  (ite (= divisor #x00000000) #x00000000 (bvudiv dividend divisor)))

; 4.1: the same in 64 bits.
(define-fun |rfc:quotient64| ((dividend (_ BitVec 64)) (divisor (_ BitVec 64))) (_ BitVec 64)
  (ite (= divisor #x0000000000000000) #x0000000000000000 (bvudiv dividend divisor)))

; 4.1: an unsigned remainder; the dividend where the divisor is zero.
(define-fun |rfc:remainder32| ((dividend (_ BitVec 32)) (divisor (_ BitVec 32))) (_ BitVec 32)
  (ite (= divisor #x00000000) dividend (bvurem dividend divisor)))

; 4.1: the same in 64 bits.
(define-fun |rfc:remainder64| ((dividend (_ BitVec 64)) (divisor (_ BitVec 64))) (_ BitVec 64)
  (ite (= divisor #x0000000000000000) dividend (bvurem dividend divisor)))

; 4.1: a signed quotient, truncated towards zero, which is what bvsdiv is; zero where the divisor is zero. Overflow is
; allowed and wraps: the smallest number divided by -1 is itself. (The sentence does not name this case.)
(define-fun |rfc:signed-quotient32| ((dividend (_ BitVec 32)) (divisor (_ BitVec 32))) (_ BitVec 32)
  (ite (= divisor #x00000000) #x00000000 (bvsdiv dividend divisor)))

; 4.1: the same in 64 bits.
(define-fun |rfc:signed-quotient64| ((dividend (_ BitVec 64)) (divisor (_ BitVec 64))) (_ BitVec 64)
  (ite (= divisor #x0000000000000000) #x0000000000000000 (bvsdiv dividend divisor)))

; 4.1: the remainder that truncated division leaves, a - n * trunc(a / n), has the sign of the dividend (-13 and 3 leave
; -1), which is what bvsrem is; the dividend where the divisor is zero.
(define-fun |rfc:signed-remainder32| ((dividend (_ BitVec 32)) (divisor (_ BitVec 32))) (_ BitVec 32)
  (ite (= divisor #x00000000) dividend (bvsrem dividend divisor)))

; 4.1: the same in 64 bits.
(define-fun |rfc:signed-remainder64| ((dividend (_ BitVec 64)) (divisor (_ BitVec 64))) (_ BitVec 64)
  (ite (= divisor #x0000000000000000) dividend (bvsrem dividend divisor)))

; 2.2, bswap16: the same bytes in the opposite order.
(define-fun |rfc:swapped16| ((x (_ BitVec 16))) (_ BitVec 16)
  (concat ((_ extract 7 0) x) ((_ extract 15 8) x)))

; 2.2, bswap32.
(define-fun |rfc:swapped32| ((x (_ BitVec 32))) (_ BitVec 32)
  (concat (concat ((_ extract 7 0) x) ((_ extract 15 8) x))
          (concat ((_ extract 23 16) x) ((_ extract 31 24) x))))

; 2.2, bswap64.
(define-fun |rfc:swapped64| ((x (_ BitVec 64))) (_ BitVec 64)
  (concat (concat (concat ((_ extract 7 0) x) ((_ extract 15 8) x))
                  (concat ((_ extract 23 16) x) ((_ extract 31 24) x)))
          (concat (concat ((_ extract 39 32) x) ((_ extract 47 40) x))
                  (concat ((_ extract 55 48) x) ((_ extract 63 56) x)))))

; 4.3: the program counter counts slots, and a distance counts from the slot after the jump: 0 falls through, 1 skips
; one basic instruction. Silent about a counter that leaves 64 bits: it wraps.
(define-fun |rfc:continue| ((pc (_ BitVec 64)) (taken Bool) (distance (_ BitVec 64))) (_ BitVec 64)
  (ite taken
       (bvadd (bvadd pc distance) #x0000000000000001)
       (bvadd pc #x0000000000000001)))

; 5.1: the address is that of the register plus the signed offset. Silent about a sum that leaves 64 bits: it wraps.
(define-fun |rfc:address| ((base (_ BitVec 64)) (offset (_ BitVec 16))) (_ BitVec 64)
  (bvadd base (|rfc:sign-extended16| offset)))

; 5.1: the byte at an address. Here and below: silent about the order of bytes in memory; it is the host's (4.2), which
; is little-endian.
(define-fun |rfc:load8| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (address (_ BitVec 64))) (_ BitVec 8)
  (select mem address))

; 5.1: a half word, two bytes, the lower one at the lower address.
(define-fun |rfc:load16| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (address (_ BitVec 64))) (_ BitVec 16)
  (concat (select mem (bvadd address #x0000000000000001))
          (select mem address)))

; 5.1: a word, four bytes, lower ones at lower addresses.
(define-fun |rfc:load32| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (address (_ BitVec 64))) (_ BitVec 32)
  (concat (|rfc:load16| mem (bvadd address #x0000000000000002))
          (|rfc:load16| mem address)))

; 5.1: a double word, eight bytes, lower ones at lower addresses.
(define-fun |rfc:load64| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (address (_ BitVec 64))) (_ BitVec 64)
  (concat (|rfc:load32| mem (bvadd address #x0000000000000004))
          (|rfc:load32| mem address)))

; 5.1: replaces the byte at an address.
(define-fun |rfc:store8| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (address (_ BitVec 64)) (value (_ BitVec 8))) (Array (_ BitVec 64) (_ BitVec 8))
  (store mem address value))

; 5.1: replaces a half word, the lower byte at the lower address.
(define-fun |rfc:store16| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (address (_ BitVec 64)) (value (_ BitVec 16))) (Array (_ BitVec 64) (_ BitVec 8))
  (store (store mem address ((_ extract 7 0) value))
         (bvadd address #x0000000000000001) ((_ extract 15 8) value)))

; 5.1: replaces a word, the lower half at the lower address.
(define-fun |rfc:store32| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (address (_ BitVec 64)) (value (_ BitVec 32))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store16| (|rfc:store16| mem address ((_ extract 15 0) value))
                 (bvadd address #x0000000000000002) ((_ extract 31 16) value)))

; 5.1: replaces a double word, the lower half at the lower address.
(define-fun |rfc:store64| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (address (_ BitVec 64)) (value (_ BitVec 64))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store32| (|rfc:store32| mem address ((_ extract 31 0) value))
                 (bvadd address #x0000000000000004) ((_ extract 63 32) value)))

; ---------------------------------------------------------------------------------------------------------------------
; Arithmetic: the new value of the destination register. In class ALU operands are the lower halves and the upper half
; of the result is zero; in class ALU64 operands are whole registers, and an immediate is signed (3.1), so it is
; extended. Silent: only for division and modulo does the text of 4.1 say how imm becomes 64 bits wide.

; 4.1 ADD, K, ALU (0x04): the sum of the lower half and the immediate, wrapped at 32 bits.
(define-fun |rfc:alu/add32-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (bvadd (|rfc:low32| dst) imm)))

; 4.1 ADD, X, ALU (0x0c): the sum of the lower halves, wrapped at 32 bits; the RFC's own example.
(define-fun |rfc:alu/add32-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (bvadd (|rfc:low32| dst) (|rfc:low32| src))))

; 4.1 ADD, K, ALU64 (0x07): the sum of the register and the signed immediate, wrapped at 64 bits.
(define-fun |rfc:alu/add64-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (bvadd dst (|rfc:sign-extended32| imm)))

; 4.1 ADD, X, ALU64 (0x0f): the sum of the registers, wrapped at 64 bits; the RFC's own example.
(define-fun |rfc:alu/add64-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (bvadd dst src))

; 4.1 SUB, K, ALU (0x14): the lower half less the immediate, wrapped at 32 bits.
(define-fun |rfc:alu/sub32-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (bvsub (|rfc:low32| dst) imm)))

; 4.1 SUB, X, ALU (0x1c): the lower half of dst less that of src, wrapped at 32 bits.
(define-fun |rfc:alu/sub32-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (bvsub (|rfc:low32| dst) (|rfc:low32| src))))

; 4.1 SUB, K, ALU64 (0x17): the register less the signed immediate, wrapped at 64 bits.
(define-fun |rfc:alu/sub64-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (bvsub dst (|rfc:sign-extended32| imm)))

; 4.1 SUB, X, ALU64 (0x1f): dst less src, wrapped at 64 bits.
(define-fun |rfc:alu/sub64-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (bvsub dst src))

; 4.1 MUL, K, ALU (0x24): the lower 32 bits of the product of the lower half and the immediate.
(define-fun |rfc:alu/mul32-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (bvmul (|rfc:low32| dst) imm)))

; 4.1 MUL, X, ALU (0x2c): the lower 32 bits of the product of the lower halves.
(define-fun |rfc:alu/mul32-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (bvmul (|rfc:low32| dst) (|rfc:low32| src))))

; 4.1 MUL, K, ALU64 (0x27): the lower 64 bits of the product of the register and the signed immediate.
(define-fun |rfc:alu/mul64-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (bvmul dst (|rfc:sign-extended32| imm)))

; 4.1 MUL, X, ALU64 (0x2f): the lower 64 bits of the product of the registers.
(define-fun |rfc:alu/mul64-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (bvmul dst src))

; 4.1 DIV, K, ALU (0x34, offset 0): unsigned; the immediate is read as an unsigned 32-bit number.
(define-fun |rfc:alu/div32-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (|rfc:quotient32| (|rfc:low32| dst) imm)))

; 4.1 DIV, X, ALU (0x3c, offset 0): unsigned; only the lower half of src says whether the divisor is zero.
(define-fun |rfc:alu/div32-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (|rfc:quotient32| (|rfc:low32| dst) (|rfc:low32| src))))

; 4.1 DIV, K, ALU64 (0x37, offset 0): unsigned; the immediate is first sign extended, then read as unsigned. (The
; informative registry has "(u32)imm" here; the text holds.)
(define-fun |rfc:alu/div64-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:quotient64| dst (|rfc:sign-extended32| imm)))

; 4.1 DIV, X, ALU64 (0x3f, offset 0): unsigned.
(define-fun |rfc:alu/div64-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:quotient64| dst src))

; 4.1 SDIV, K, ALU (0x34, offset 1): signed; the immediate is read as a signed 32-bit number.
(define-fun |rfc:alu/sdiv32-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (|rfc:signed-quotient32| (|rfc:low32| dst) imm)))

; 4.1 SDIV, X, ALU (0x3c, offset 1): signed, on the lower halves.
(define-fun |rfc:alu/sdiv32-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (|rfc:signed-quotient32| (|rfc:low32| dst) (|rfc:low32| src))))

; 4.1 SDIV, K, ALU64 (0x37, offset 1): signed; the immediate is sign extended.
(define-fun |rfc:alu/sdiv64-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:signed-quotient64| dst (|rfc:sign-extended32| imm)))

; 4.1 SDIV, X, ALU64 (0x3f, offset 1): signed.
(define-fun |rfc:alu/sdiv64-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:signed-quotient64| dst src))

; 4.1 OR, K, ALU (0x44): the lower half or the immediate, bit by bit.
(define-fun |rfc:alu/or32-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (bvor (|rfc:low32| dst) imm)))

; 4.1 OR, X, ALU (0x4c): the lower halves, bit by bit.
(define-fun |rfc:alu/or32-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (bvor (|rfc:low32| dst) (|rfc:low32| src))))

; 4.1 OR, K, ALU64 (0x47): the register or the signed immediate, bit by bit.
(define-fun |rfc:alu/or64-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (bvor dst (|rfc:sign-extended32| imm)))

; 4.1 OR, X, ALU64 (0x4f): the registers, bit by bit.
(define-fun |rfc:alu/or64-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (bvor dst src))

; 4.1 AND, K, ALU (0x54): the lower half and the immediate, bit by bit.
(define-fun |rfc:alu/and32-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (bvand (|rfc:low32| dst) imm)))

; 4.1 AND, X, ALU (0x5c): the lower halves, bit by bit.
(define-fun |rfc:alu/and32-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (bvand (|rfc:low32| dst) (|rfc:low32| src))))

; 4.1 AND, K, ALU64 (0x57): the register and the signed immediate, bit by bit.
(define-fun |rfc:alu/and64-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (bvand dst (|rfc:sign-extended32| imm)))

; 4.1 AND, X, ALU64 (0x5f): the registers, bit by bit.
(define-fun |rfc:alu/and64-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (bvand dst src))

; 4.1 LSH, K, ALU (0x64): moves the lower half up by imm & 0x1f places; what passes bit 31 is lost.
(define-fun |rfc:alu/lsh32-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (bvshl (|rfc:low32| dst) (|rfc:amount32| imm))))

; 4.1 LSH, X, ALU (0x6c): moves the lower half up by src & 0x1f places; what passes bit 31 is lost.
(define-fun |rfc:alu/lsh32-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (bvshl (|rfc:low32| dst) (|rfc:amount32| (|rfc:low32| src)))))

; 4.1 LSH, K, ALU64 (0x67): moves the register up by imm & 0x3f places.
(define-fun |rfc:alu/lsh64-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (bvshl dst (|rfc:amount64| (|rfc:sign-extended32| imm))))

; 4.1 LSH, X, ALU64 (0x6f): moves the register up by src & 0x3f places.
(define-fun |rfc:alu/lsh64-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (bvshl dst (|rfc:amount64| src)))

; 4.1 RSH, K, ALU (0x74): moves the lower half down by imm & 0x1f places; zeros come in at bit 31, nothing from above.
(define-fun |rfc:alu/rsh32-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (bvlshr (|rfc:low32| dst) (|rfc:amount32| imm))))

; 4.1 RSH, X, ALU (0x7c): moves the lower half down by src & 0x1f places; zeros come in at bit 31.
(define-fun |rfc:alu/rsh32-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (bvlshr (|rfc:low32| dst) (|rfc:amount32| (|rfc:low32| src)))))

; 4.1 RSH, K, ALU64 (0x77): moves the register down by imm & 0x3f places; zeros come in at bit 63.
(define-fun |rfc:alu/rsh64-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (bvlshr dst (|rfc:amount64| (|rfc:sign-extended32| imm))))

; 4.1 RSH, X, ALU64 (0x7f): moves the register down by src & 0x3f places; zeros come in at bit 63.
(define-fun |rfc:alu/rsh64-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (bvlshr dst (|rfc:amount64| src)))

; 4.1 ARSH, K, ALU (0xc4): moves the lower half down by imm & 0x1f places; copies of bit 31 come in, and the upper half
; of the result is zero all the same.
(define-fun |rfc:alu/arsh32-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (bvashr (|rfc:low32| dst) (|rfc:amount32| imm))))

; 4.1 ARSH, X, ALU (0xcc): moves the lower half down by src & 0x1f places; copies of bit 31 come in.
(define-fun |rfc:alu/arsh32-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (bvashr (|rfc:low32| dst) (|rfc:amount32| (|rfc:low32| src)))))

; 4.1 ARSH, K, ALU64 (0xc7): moves the register down by imm & 0x3f places; copies of bit 63 come in.
(define-fun |rfc:alu/arsh64-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (bvashr dst (|rfc:amount64| (|rfc:sign-extended32| imm))))

; 4.1 ARSH, X, ALU64 (0xcf): moves the register down by src & 0x3f places; copies of bit 63 come in.
(define-fun |rfc:alu/arsh64-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (bvashr dst (|rfc:amount64| src)))

; 4.1 NEG, ALU (0x84): the two's complement of the lower half, the smallest number being its own.
(define-fun |rfc:alu/neg32| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (bvadd (bvnot (|rfc:low32| dst)) #x00000001)))

; 4.1 NEG, ALU64 (0x87): the two's complement of the register.
(define-fun |rfc:alu/neg64| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (bvadd (bvnot dst) #x0000000000000001))

; 4.1 MOD, K, ALU (0x94, offset 0): unsigned; where the divisor is zero the lower half stays and the upper is zeroed.
(define-fun |rfc:alu/mod32-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (|rfc:remainder32| (|rfc:low32| dst) imm)))

; 4.1 MOD, X, ALU (0x9c, offset 0): unsigned, on the lower halves; a zero divisor as with K.
(define-fun |rfc:alu/mod32-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (|rfc:remainder32| (|rfc:low32| dst) (|rfc:low32| src))))

; 4.1 MOD, K, ALU64 (0x97, offset 0): unsigned; the immediate is first sign extended, then read as unsigned. Where it is
; zero the register stays as it is. (The informative registry has "(u32)imm" here; the text holds.)
(define-fun |rfc:alu/mod64-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:remainder64| dst (|rfc:sign-extended32| imm)))

; 4.1 MOD, X, ALU64 (0x9f, offset 0): unsigned; where src is zero dst stays as it is.
(define-fun |rfc:alu/mod64-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:remainder64| dst src))

; 4.1 SMOD, K, ALU (0x94, offset 1): signed, with the sign of the dividend; imm is read as a signed 32-bit number.
(define-fun |rfc:alu/smod32-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (|rfc:signed-remainder32| (|rfc:low32| dst) imm)))

; 4.1 SMOD, X, ALU (0x9c, offset 1): signed, on the lower halves.
(define-fun |rfc:alu/smod32-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (|rfc:signed-remainder32| (|rfc:low32| dst) (|rfc:low32| src))))

; 4.1 SMOD, K, ALU64 (0x97, offset 1): signed; the immediate is sign extended.
(define-fun |rfc:alu/smod64-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:signed-remainder64| dst (|rfc:sign-extended32| imm)))

; 4.1 SMOD, X, ALU64 (0x9f, offset 1): signed.
(define-fun |rfc:alu/smod64-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:signed-remainder64| dst src))

; 4.1 XOR, K, ALU (0xa4): flips the bits of the lower half that the immediate has; the RFC's own example.
(define-fun |rfc:alu/xor32-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (bvxor (|rfc:low32| dst) imm)))

; 4.1 XOR, X, ALU (0xac): flips the bits of the lower half that src has.
(define-fun |rfc:alu/xor32-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (bvxor (|rfc:low32| dst) (|rfc:low32| src))))

; 4.1 XOR, K, ALU64 (0xa7): flips the bits that the signed immediate has; the RFC's own example.
(define-fun |rfc:alu/xor64-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (bvxor dst (|rfc:sign-extended32| imm)))

; 4.1 XOR, X, ALU64 (0xaf): flips the bits that src has.
(define-fun |rfc:alu/xor64-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (bvxor dst src))

; 4.1 MOV, K, ALU (0xb4): the immediate; the upper half is zero whatever its sign.
(define-fun |rfc:alu/mov32-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| imm))

; 4.1 MOV, X, ALU (0xbc, offset 0): the lower half of src.
(define-fun |rfc:alu/mov32-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (|rfc:low32| src)))

; 4.1 MOV, K, ALU64 (0xb7): the signed immediate.
(define-fun |rfc:alu/mov64-k| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:sign-extended32| imm))

; 4.1 MOV, X, ALU64 (0xbf, offset 0): src.
(define-fun |rfc:alu/mov64-x| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  src)

; 4.1 MOVSX, X, ALU (0xbc, offset 8): the lowest byte of src, sign extended to 32 bits; the upper half is zero.
(define-fun |rfc:alu/movsx8to32| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (concat ((_ repeat 24) ((_ extract 7 7) src)) ((_ extract 7 0) src))))

; 4.1 MOVSX, X, ALU (0xbc, offset 16): the lowest 16 bits of src, sign extended to 32 bits; the upper half is zero.
(define-fun |rfc:alu/movsx16to32| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:zero-extended| (concat ((_ repeat 16) ((_ extract 15 15) src)) ((_ extract 15 0) src))))

; 4.1 MOVSX, X, ALU64 (0xbf, offset 8): the lowest byte of src, sign extended to 64 bits.
(define-fun |rfc:alu/movsx8to64| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:sign-extended8| ((_ extract 7 0) src)))

; 4.1 MOVSX, X, ALU64 (0xbf, offset 16): the lowest 16 bits of src, sign extended to 64 bits.
(define-fun |rfc:alu/movsx16to64| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:sign-extended16| ((_ extract 15 0) src)))

; 4.1 MOVSX, X, ALU64 (0xbf, offset 32): the lower half of src, sign extended to 64 bits.
(define-fun |rfc:alu/movsx32to64| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:sign-extended32| ((_ extract 31 0) src)))

; ---------------------------------------------------------------------------------------------------------------------
; Byte swaps: the new value of the destination register. A swap takes an unsigned number of its width (2.2), so what is
; above that width is not looked at; its result is one too, so what is above it is zero. (4.2 itself does not speak of
; the upper bits.)

; 4.2 END, TO_LE, ALU, imm 16 (0xd4): the host is little-endian, so the lowest 16 bits are in that order already.
(define-fun |rfc:alu/le16| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (concat #x000000000000 ((_ extract 15 0) dst)))

; 4.2 END, TO_LE, ALU, imm 32 (0xd4): the lower half, as it is.
(define-fun |rfc:alu/le32| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (concat #x00000000 ((_ extract 31 0) dst)))

; 4.2 END, TO_LE, ALU, imm 64 (0xd4): the register, as it is.
(define-fun |rfc:alu/le64| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  dst)

; 4.2 END, TO_BE, ALU, imm 16 (0xdc): the host is little-endian, so the two bytes change places.
(define-fun |rfc:alu/be16| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (concat #x000000000000 (|rfc:swapped16| ((_ extract 15 0) dst))))

; 4.2 END, TO_BE, ALU, imm 32 (0xdc): the four bytes in the opposite order.
(define-fun |rfc:alu/be32| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (concat #x00000000 (|rfc:swapped32| ((_ extract 31 0) dst))))

; 4.2 END, TO_BE, ALU, imm 64 (0xdc): the eight bytes in the opposite order.
(define-fun |rfc:alu/be64| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:swapped64| dst))

; 4.2 END, ALU64, imm 16 (0xd7): the two bytes change places, whatever the host.
(define-fun |rfc:alu/bswap16| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (concat #x000000000000 (|rfc:swapped16| ((_ extract 15 0) dst))))

; 4.2 END, ALU64, imm 32 (0xd7): the four bytes in the opposite order, whatever the host.
(define-fun |rfc:alu/bswap32| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (concat #x00000000 (|rfc:swapped32| ((_ extract 31 0) dst))))

; 4.2 END, ALU64, imm 64 (0xd7): the eight bytes in the opposite order, whatever the host.
(define-fun |rfc:alu/bswap64| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:swapped64| dst))

; ---------------------------------------------------------------------------------------------------------------------
; Jumps: whether the jump is taken, and the next program counter. Class JMP compares whole registers, class JMP32 their
; lower halves. Silent about how imm becomes 64 bits wide in class JMP: it is signed (3.1), so it is extended, for
; unsigned comparisons too.

; 4.3 JA, K, JMP (0x05): always, by the offset.
(define-fun |rfc:jmp/ja:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  true)
(define-fun |rfc:jmp/ja:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc true (|rfc:sign-extended16| offset)))

; 4.3 JA, K, JMP32 (0x06): always, by the immediate, which reaches further than the offset does.
(define-fun |rfc:jmp/ja32:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  true)
(define-fun |rfc:jmp/ja32:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc true (|rfc:sign-extended32| imm)))

; 4.3 JEQ, K, JMP32 (0x16): the lower half equals the immediate.
(define-fun |rfc:jmp/jeq32-k:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (= (|rfc:low32| dst) imm))
(define-fun |rfc:jmp/jeq32-k:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jeq32-k:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JEQ, X, JMP32 (0x1e): the lower halves are equal.
(define-fun |rfc:jmp/jeq32-x:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (= (|rfc:low32| dst) (|rfc:low32| src)))
(define-fun |rfc:jmp/jeq32-x:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jeq32-x:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JEQ, K, JMP (0x15): the register equals the signed immediate.
(define-fun |rfc:jmp/jeq64-k:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (= dst (|rfc:sign-extended32| imm)))
(define-fun |rfc:jmp/jeq64-k:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jeq64-k:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JEQ, X, JMP (0x1d): the registers are equal.
(define-fun |rfc:jmp/jeq64-x:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (= dst src))
(define-fun |rfc:jmp/jeq64-x:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jeq64-x:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JGT, K, JMP32 (0x26): the lower half is above the immediate, both unsigned.
(define-fun |rfc:jmp/jgt32-k:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvugt (|rfc:low32| dst) imm))
(define-fun |rfc:jmp/jgt32-k:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jgt32-k:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JGT, X, JMP32 (0x2e): the lower half of dst is above that of src, both unsigned.
(define-fun |rfc:jmp/jgt32-x:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvugt (|rfc:low32| dst) (|rfc:low32| src)))
(define-fun |rfc:jmp/jgt32-x:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jgt32-x:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JGT, K, JMP (0x25): the register is above the extended immediate, both then unsigned.
(define-fun |rfc:jmp/jgt64-k:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvugt dst (|rfc:sign-extended32| imm)))
(define-fun |rfc:jmp/jgt64-k:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jgt64-k:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JGT, X, JMP (0x2d): dst is above src, both unsigned.
(define-fun |rfc:jmp/jgt64-x:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvugt dst src))
(define-fun |rfc:jmp/jgt64-x:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jgt64-x:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JGE, K, JMP32 (0x36): the lower half is the immediate or above, both unsigned.
(define-fun |rfc:jmp/jge32-k:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvuge (|rfc:low32| dst) imm))
(define-fun |rfc:jmp/jge32-k:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jge32-k:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JGE, X, JMP32 (0x3e): the lower half of dst is that of src or above, both unsigned.
(define-fun |rfc:jmp/jge32-x:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvuge (|rfc:low32| dst) (|rfc:low32| src)))
(define-fun |rfc:jmp/jge32-x:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jge32-x:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JGE, K, JMP (0x35): the register is the extended immediate or above, both then unsigned.
(define-fun |rfc:jmp/jge64-k:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvuge dst (|rfc:sign-extended32| imm)))
(define-fun |rfc:jmp/jge64-k:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jge64-k:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JGE, X, JMP (0x3d): dst is src or above, both unsigned.
(define-fun |rfc:jmp/jge64-x:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvuge dst src))
(define-fun |rfc:jmp/jge64-x:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jge64-x:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JSET, K, JMP32 (0x46): the lower half and the immediate have a bit in common.
(define-fun |rfc:jmp/jset32-k:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (distinct (bvand (|rfc:low32| dst) imm) #x00000000))
(define-fun |rfc:jmp/jset32-k:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jset32-k:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JSET, X, JMP32 (0x4e): the lower halves have a bit in common.
(define-fun |rfc:jmp/jset32-x:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (distinct (bvand (|rfc:low32| dst) (|rfc:low32| src)) #x00000000))
(define-fun |rfc:jmp/jset32-x:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jset32-x:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JSET, K, JMP (0x45): the register and the signed immediate have a bit in common; bit 31 of imm asks about bits 31
; to 63 of the register.
(define-fun |rfc:jmp/jset64-k:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (distinct (bvand dst (|rfc:sign-extended32| imm)) #x0000000000000000))
(define-fun |rfc:jmp/jset64-k:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jset64-k:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JSET, X, JMP (0x4d): the registers have a bit in common.
(define-fun |rfc:jmp/jset64-x:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (distinct (bvand dst src) #x0000000000000000))
(define-fun |rfc:jmp/jset64-x:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jset64-x:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JNE, K, JMP32 (0x56): the lower half differs from the immediate.
(define-fun |rfc:jmp/jne32-k:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (distinct (|rfc:low32| dst) imm))
(define-fun |rfc:jmp/jne32-k:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jne32-k:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JNE, X, JMP32 (0x5e): the lower halves differ.
(define-fun |rfc:jmp/jne32-x:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (distinct (|rfc:low32| dst) (|rfc:low32| src)))
(define-fun |rfc:jmp/jne32-x:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jne32-x:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JNE, K, JMP (0x55): the register differs from the signed immediate.
(define-fun |rfc:jmp/jne64-k:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (distinct dst (|rfc:sign-extended32| imm)))
(define-fun |rfc:jmp/jne64-k:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jne64-k:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JNE, X, JMP (0x5d): the registers differ.
(define-fun |rfc:jmp/jne64-x:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (distinct dst src))
(define-fun |rfc:jmp/jne64-x:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jne64-x:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JSGT, K, JMP32 (0x66): the lower half is greater than the immediate, both signed.
(define-fun |rfc:jmp/jsgt32-k:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvsgt (|rfc:low32| dst) imm))
(define-fun |rfc:jmp/jsgt32-k:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jsgt32-k:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JSGT, X, JMP32 (0x6e): the lower half of dst is greater than that of src, both signed.
(define-fun |rfc:jmp/jsgt32-x:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvsgt (|rfc:low32| dst) (|rfc:low32| src)))
(define-fun |rfc:jmp/jsgt32-x:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jsgt32-x:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JSGT, K, JMP (0x65): the register is greater than the immediate, both signed.
(define-fun |rfc:jmp/jsgt64-k:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvsgt dst (|rfc:sign-extended32| imm)))
(define-fun |rfc:jmp/jsgt64-k:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jsgt64-k:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JSGT, X, JMP (0x6d): dst is greater than src, both signed.
(define-fun |rfc:jmp/jsgt64-x:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvsgt dst src))
(define-fun |rfc:jmp/jsgt64-x:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jsgt64-x:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JSGE, K, JMP32 (0x76): the lower half is the immediate or greater, both signed.
(define-fun |rfc:jmp/jsge32-k:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvsge (|rfc:low32| dst) imm))
(define-fun |rfc:jmp/jsge32-k:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jsge32-k:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JSGE, X, JMP32 (0x7e): the lower half of dst is that of src or greater, both signed; the RFC's own example.
(define-fun |rfc:jmp/jsge32-x:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvsge (|rfc:low32| dst) (|rfc:low32| src)))
(define-fun |rfc:jmp/jsge32-x:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jsge32-x:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JSGE, K, JMP (0x75): the register is the immediate or greater, both signed.
(define-fun |rfc:jmp/jsge64-k:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvsge dst (|rfc:sign-extended32| imm)))
(define-fun |rfc:jmp/jsge64-k:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jsge64-k:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JSGE, X, JMP (0x7d): dst is src or greater, both signed.
(define-fun |rfc:jmp/jsge64-x:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvsge dst src))
(define-fun |rfc:jmp/jsge64-x:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jsge64-x:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JLT, K, JMP32 (0xa6): the lower half is below the immediate, both unsigned.
(define-fun |rfc:jmp/jlt32-k:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvult (|rfc:low32| dst) imm))
(define-fun |rfc:jmp/jlt32-k:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jlt32-k:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JLT, X, JMP32 (0xae): the lower half of dst is below that of src, both unsigned.
(define-fun |rfc:jmp/jlt32-x:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvult (|rfc:low32| dst) (|rfc:low32| src)))
(define-fun |rfc:jmp/jlt32-x:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jlt32-x:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JLT, K, JMP (0xa5): the register is below the extended immediate, both then unsigned.
(define-fun |rfc:jmp/jlt64-k:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvult dst (|rfc:sign-extended32| imm)))
(define-fun |rfc:jmp/jlt64-k:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jlt64-k:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JLT, X, JMP (0xad): dst is below src, both unsigned.
(define-fun |rfc:jmp/jlt64-x:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvult dst src))
(define-fun |rfc:jmp/jlt64-x:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jlt64-x:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JLE, K, JMP32 (0xb6): the lower half is the immediate or below, both unsigned.
(define-fun |rfc:jmp/jle32-k:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvule (|rfc:low32| dst) imm))
(define-fun |rfc:jmp/jle32-k:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jle32-k:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JLE, X, JMP32 (0xbe): the lower half of dst is that of src or below, both unsigned.
(define-fun |rfc:jmp/jle32-x:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvule (|rfc:low32| dst) (|rfc:low32| src)))
(define-fun |rfc:jmp/jle32-x:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jle32-x:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JLE, K, JMP (0xb5): the register is the extended immediate or below, both then unsigned.
(define-fun |rfc:jmp/jle64-k:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvule dst (|rfc:sign-extended32| imm)))
(define-fun |rfc:jmp/jle64-k:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jle64-k:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JLE, X, JMP (0xbd): dst is src or below, both unsigned.
(define-fun |rfc:jmp/jle64-x:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvule dst src))
(define-fun |rfc:jmp/jle64-x:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jle64-x:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JSLT, K, JMP32 (0xc6): the lower half is less than the immediate, both signed.
(define-fun |rfc:jmp/jslt32-k:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvslt (|rfc:low32| dst) imm))
(define-fun |rfc:jmp/jslt32-k:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jslt32-k:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JSLT, X, JMP32 (0xce): the lower half of dst is less than that of src, both signed.
(define-fun |rfc:jmp/jslt32-x:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvslt (|rfc:low32| dst) (|rfc:low32| src)))
(define-fun |rfc:jmp/jslt32-x:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jslt32-x:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JSLT, K, JMP (0xc5): the register is less than the immediate, both signed.
(define-fun |rfc:jmp/jslt64-k:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvslt dst (|rfc:sign-extended32| imm)))
(define-fun |rfc:jmp/jslt64-k:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jslt64-k:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JSLT, X, JMP (0xcd): dst is less than src, both signed.
(define-fun |rfc:jmp/jslt64-x:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvslt dst src))
(define-fun |rfc:jmp/jslt64-x:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jslt64-x:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JSLE, K, JMP32 (0xd6): the lower half is the immediate or less, both signed.
(define-fun |rfc:jmp/jsle32-k:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvsle (|rfc:low32| dst) imm))
(define-fun |rfc:jmp/jsle32-k:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jsle32-k:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JSLE, X, JMP32 (0xde): the lower half of dst is that of src or less, both signed.
(define-fun |rfc:jmp/jsle32-x:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvsle (|rfc:low32| dst) (|rfc:low32| src)))
(define-fun |rfc:jmp/jsle32-x:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jsle32-x:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JSLE, K, JMP (0xd5): the register is the immediate or less, both signed.
(define-fun |rfc:jmp/jsle64-k:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvsle dst (|rfc:sign-extended32| imm)))
(define-fun |rfc:jmp/jsle64-k:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jsle64-k:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3 JSLE, X, JMP (0xdd): dst is src or less, both signed.
(define-fun |rfc:jmp/jsle64-x:taken| ((dst (_ BitVec 64)) (src (_ BitVec 64)) (imm (_ BitVec 32))) Bool
  (bvsle dst src))
(define-fun |rfc:jmp/jsle64-x:next| ((pc (_ BitVec 64)) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc (|rfc:jmp/jsle64-x:taken| dst src imm) (|rfc:sign-extended16| offset)))

; 4.3.2 CALL, K, JMP, src_reg 1 (0x85): the function starts imm slots after the slot that follows the call, as with JA.
(define-fun |rfc:jmp/call-local:next| ((pc (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (|rfc:continue| pc true (|rfc:sign-extended32| imm)))

; ---------------------------------------------------------------------------------------------------------------------
; Loads: the new value of the destination register.

; 5.1 MEM, B, LDX (0x71): the byte, unsigned.
(define-fun |rfc:mem/ldxb| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (src (_ BitVec 64)) (offset (_ BitVec 16))) (_ BitVec 64)
  (concat #x00000000000000 (|rfc:load8| mem (|rfc:address| src offset))))

; 5.1 MEM, H, LDX (0x69): the half word, unsigned.
(define-fun |rfc:mem/ldxh| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (src (_ BitVec 64)) (offset (_ BitVec 16))) (_ BitVec 64)
  (concat #x000000000000 (|rfc:load16| mem (|rfc:address| src offset))))

; 5.1 MEM, W, LDX (0x61): the word, unsigned.
(define-fun |rfc:mem/ldxw| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (src (_ BitVec 64)) (offset (_ BitVec 16))) (_ BitVec 64)
  (concat #x00000000 (|rfc:load32| mem (|rfc:address| src offset))))

; 5.1 MEM, DW, LDX (0x79): the double word.
(define-fun |rfc:mem/ldxdw| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (src (_ BitVec 64)) (offset (_ BitVec 16))) (_ BitVec 64)
  (|rfc:load64| mem (|rfc:address| src offset)))

; 5.2 MEMSX, B, LDX (0x91): the byte, signed.
(define-fun |rfc:mem/ldxsb| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (src (_ BitVec 64)) (offset (_ BitVec 16))) (_ BitVec 64)
  (|rfc:sign-extended8| (|rfc:load8| mem (|rfc:address| src offset))))

; 5.2 MEMSX, H, LDX (0x89): the half word, signed.
(define-fun |rfc:mem/ldxsh| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (src (_ BitVec 64)) (offset (_ BitVec 16))) (_ BitVec 64)
  (|rfc:sign-extended16| (|rfc:load16| mem (|rfc:address| src offset))))

; 5.2 MEMSX, W, LDX (0x81): the word, signed.
(define-fun |rfc:mem/ldxsw| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (src (_ BitVec 64)) (offset (_ BitVec 16))) (_ BitVec 64)
  (|rfc:sign-extended32| (|rfc:load32| mem (|rfc:address| src offset))))

; ---------------------------------------------------------------------------------------------------------------------
; Stores: the new memory.

; 5.1 MEM, B, ST (0x72): the lowest byte of the immediate.
(define-fun |rfc:mem/stb| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store8| mem (|rfc:address| dst offset) ((_ extract 7 0) imm)))

; 5.1 MEM, H, ST (0x6a): the lower half of the immediate.
(define-fun |rfc:mem/sth| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store16| mem (|rfc:address| dst offset) ((_ extract 15 0) imm)))

; 5.1 MEM, W, ST (0x62): the immediate.
(define-fun |rfc:mem/stw| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store32| mem (|rfc:address| dst offset) imm))

; 5.1 MEM, DW, ST (0x7a): the immediate, eight bytes wide. Silent about how it gets there: it is signed (3.1).
(define-fun |rfc:mem/stdw| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store64| mem (|rfc:address| dst offset) (|rfc:sign-extended32| imm)))

; 5.1 MEM, B, STX (0x73): the lowest byte of src.
(define-fun |rfc:mem/stxb| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store8| mem (|rfc:address| dst offset) ((_ extract 7 0) src)))

; 5.1 MEM, H, STX (0x6b): the lowest two bytes of src.
(define-fun |rfc:mem/stxh| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store16| mem (|rfc:address| dst offset) ((_ extract 15 0) src)))

; 5.1 MEM, W, STX (0x63): the lower half of src.
(define-fun |rfc:mem/stxw| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store32| mem (|rfc:address| dst offset) ((_ extract 31 0) src)))

; 5.1 MEM, DW, STX (0x7b): src.
(define-fun |rfc:mem/stxdw| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (offset (_ BitVec 16)) (imm (_ BitVec 32))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store64| mem (|rfc:address| dst offset) src))

; ---------------------------------------------------------------------------------------------------------------------
; Atomic operations: the new memory, and what is loaded into a register where one is: src for FETCH and XCHG, R0 for
; CMPXCHG. Silent: in 32-bit operations the lower half of src takes part. Only of CMPXCHG does the RFC say that the old
; value is zero extended; the others are taken to do the same.

; 5.3 ADD, W (0xc3, imm 0x00): adds src to the word.
(define-fun |rfc:atomic/add32:memory| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (r0 (_ BitVec 64)) (offset (_ BitVec 16))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store32| mem (|rfc:address| dst offset)
    (bvadd (|rfc:load32| mem (|rfc:address| dst offset)) ((_ extract 31 0) src))))

; 5.3 ADD | FETCH, W (0xc3, imm 0x01): adds src to the word; src becomes what was there.
(define-fun |rfc:atomic/fetch-add32:memory| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (r0 (_ BitVec 64)) (offset (_ BitVec 16))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store32| mem (|rfc:address| dst offset)
    (bvadd (|rfc:load32| mem (|rfc:address| dst offset)) ((_ extract 31 0) src))))
(define-fun |rfc:atomic/fetch-add32:fetched| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (offset (_ BitVec 16))) (_ BitVec 64)
  (concat #x00000000 (|rfc:load32| mem (|rfc:address| dst offset))))

; 5.3 ADD, DW (0xdb, imm 0x00): adds src to the double word.
(define-fun |rfc:atomic/add64:memory| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (r0 (_ BitVec 64)) (offset (_ BitVec 16))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store64| mem (|rfc:address| dst offset)
    (bvadd (|rfc:load64| mem (|rfc:address| dst offset)) src)))

; 5.3 ADD | FETCH, DW (0xdb, imm 0x01): adds src to the double word; src becomes what was there.
(define-fun |rfc:atomic/fetch-add64:memory| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (r0 (_ BitVec 64)) (offset (_ BitVec 16))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store64| mem (|rfc:address| dst offset)
    (bvadd (|rfc:load64| mem (|rfc:address| dst offset)) src)))
(define-fun |rfc:atomic/fetch-add64:fetched| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (offset (_ BitVec 16))) (_ BitVec 64)
  (|rfc:load64| mem (|rfc:address| dst offset)))

; 5.3 OR, W (0xc3, imm 0x40): sets in the word the bits that src has.
(define-fun |rfc:atomic/or32:memory| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (r0 (_ BitVec 64)) (offset (_ BitVec 16))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store32| mem (|rfc:address| dst offset)
    (bvor (|rfc:load32| mem (|rfc:address| dst offset)) ((_ extract 31 0) src))))

; 5.3 OR | FETCH, W (0xc3, imm 0x41): sets the bits that src has; src becomes what was there.
(define-fun |rfc:atomic/fetch-or32:memory| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (r0 (_ BitVec 64)) (offset (_ BitVec 16))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store32| mem (|rfc:address| dst offset)
    (bvor (|rfc:load32| mem (|rfc:address| dst offset)) ((_ extract 31 0) src))))
(define-fun |rfc:atomic/fetch-or32:fetched| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (offset (_ BitVec 16))) (_ BitVec 64)
  (concat #x00000000 (|rfc:load32| mem (|rfc:address| dst offset))))

; 5.3 OR, DW (0xdb, imm 0x40): sets in the double word the bits that src has.
(define-fun |rfc:atomic/or64:memory| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (r0 (_ BitVec 64)) (offset (_ BitVec 16))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store64| mem (|rfc:address| dst offset)
    (bvor (|rfc:load64| mem (|rfc:address| dst offset)) src)))

; 5.3 OR | FETCH, DW (0xdb, imm 0x41): sets the bits that src has; src becomes what was there.
(define-fun |rfc:atomic/fetch-or64:memory| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (r0 (_ BitVec 64)) (offset (_ BitVec 16))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store64| mem (|rfc:address| dst offset)
    (bvor (|rfc:load64| mem (|rfc:address| dst offset)) src)))
(define-fun |rfc:atomic/fetch-or64:fetched| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (offset (_ BitVec 16))) (_ BitVec 64)
  (|rfc:load64| mem (|rfc:address| dst offset)))

; 5.3 AND, W (0xc3, imm 0x50): keeps in the word the bits that src has.
(define-fun |rfc:atomic/and32:memory| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (r0 (_ BitVec 64)) (offset (_ BitVec 16))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store32| mem (|rfc:address| dst offset)
    (bvand (|rfc:load32| mem (|rfc:address| dst offset)) ((_ extract 31 0) src))))

; 5.3 AND | FETCH, W (0xc3, imm 0x51): keeps the bits that src has; src becomes what was there.
(define-fun |rfc:atomic/fetch-and32:memory| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (r0 (_ BitVec 64)) (offset (_ BitVec 16))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store32| mem (|rfc:address| dst offset)
    (bvand (|rfc:load32| mem (|rfc:address| dst offset)) ((_ extract 31 0) src))))
(define-fun |rfc:atomic/fetch-and32:fetched| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (offset (_ BitVec 16))) (_ BitVec 64)
  (concat #x00000000 (|rfc:load32| mem (|rfc:address| dst offset))))

; 5.3 AND, DW (0xdb, imm 0x50): keeps in the double word the bits that src has.
(define-fun |rfc:atomic/and64:memory| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (r0 (_ BitVec 64)) (offset (_ BitVec 16))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store64| mem (|rfc:address| dst offset)
    (bvand (|rfc:load64| mem (|rfc:address| dst offset)) src)))

; 5.3 AND | FETCH, DW (0xdb, imm 0x51): keeps the bits that src has; src becomes what was there.
(define-fun |rfc:atomic/fetch-and64:memory| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (r0 (_ BitVec 64)) (offset (_ BitVec 16))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store64| mem (|rfc:address| dst offset)
    (bvand (|rfc:load64| mem (|rfc:address| dst offset)) src)))
(define-fun |rfc:atomic/fetch-and64:fetched| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (offset (_ BitVec 16))) (_ BitVec 64)
  (|rfc:load64| mem (|rfc:address| dst offset)))

; 5.3 XOR, W (0xc3, imm 0xa0): flips in the word the bits that src has.
(define-fun |rfc:atomic/xor32:memory| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (r0 (_ BitVec 64)) (offset (_ BitVec 16))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store32| mem (|rfc:address| dst offset)
    (bvxor (|rfc:load32| mem (|rfc:address| dst offset)) ((_ extract 31 0) src))))

; 5.3 XOR | FETCH, W (0xc3, imm 0xa1): flips the bits that src has; src becomes what was there.
(define-fun |rfc:atomic/fetch-xor32:memory| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (r0 (_ BitVec 64)) (offset (_ BitVec 16))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store32| mem (|rfc:address| dst offset)
    (bvxor (|rfc:load32| mem (|rfc:address| dst offset)) ((_ extract 31 0) src))))
(define-fun |rfc:atomic/fetch-xor32:fetched| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (offset (_ BitVec 16))) (_ BitVec 64)
  (concat #x00000000 (|rfc:load32| mem (|rfc:address| dst offset))))

; 5.3 XOR, DW (0xdb, imm 0xa0): flips in the double word the bits that src has.
(define-fun |rfc:atomic/xor64:memory| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (r0 (_ BitVec 64)) (offset (_ BitVec 16))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store64| mem (|rfc:address| dst offset)
    (bvxor (|rfc:load64| mem (|rfc:address| dst offset)) src)))

; 5.3 XOR | FETCH, DW (0xdb, imm 0xa1): flips the bits that src has; src becomes what was there.
(define-fun |rfc:atomic/fetch-xor64:memory| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (r0 (_ BitVec 64)) (offset (_ BitVec 16))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store64| mem (|rfc:address| dst offset)
    (bvxor (|rfc:load64| mem (|rfc:address| dst offset)) src)))
(define-fun |rfc:atomic/fetch-xor64:fetched| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (offset (_ BitVec 16))) (_ BitVec 64)
  (|rfc:load64| mem (|rfc:address| dst offset)))

; 5.3 XCHG, W (0xc3, imm 0xe1): the word and src change places.
(define-fun |rfc:atomic/xchg32:memory| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (r0 (_ BitVec 64)) (offset (_ BitVec 16))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store32| mem (|rfc:address| dst offset) ((_ extract 31 0) src)))
(define-fun |rfc:atomic/xchg32:fetched| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (offset (_ BitVec 16))) (_ BitVec 64)
  (concat #x00000000 (|rfc:load32| mem (|rfc:address| dst offset))))

; 5.3 XCHG, DW (0xdb, imm 0xe1): the double word and src change places.
(define-fun |rfc:atomic/xchg64:memory| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (r0 (_ BitVec 64)) (offset (_ BitVec 16))) (Array (_ BitVec 64) (_ BitVec 8))
  (|rfc:store64| mem (|rfc:address| dst offset) src))
(define-fun |rfc:atomic/xchg64:fetched| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (offset (_ BitVec 16))) (_ BitVec 64)
  (|rfc:load64| mem (|rfc:address| dst offset)))

; 5.3 CMPXCHG, W (0xc3, imm 0xf1): src replaces the word if R0 matches it, of which 32 bits are compared (silent); R0
; becomes what was there in either case.
(define-fun |rfc:atomic/cmpxchg32:memory| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (r0 (_ BitVec 64)) (offset (_ BitVec 16))) (Array (_ BitVec 64) (_ BitVec 8))
  (ite (= (|rfc:load32| mem (|rfc:address| dst offset)) ((_ extract 31 0) r0))
       (|rfc:store32| mem (|rfc:address| dst offset) ((_ extract 31 0) src))
       mem))
(define-fun |rfc:atomic/cmpxchg32:fetched| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (offset (_ BitVec 16))) (_ BitVec 64)
  (concat #x00000000 (|rfc:load32| mem (|rfc:address| dst offset))))

; 5.3 CMPXCHG, DW (0xdb, imm 0xf1): src replaces the double word if R0 equals it; R0 becomes what was there in either
; case.
(define-fun |rfc:atomic/cmpxchg64:memory| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (src (_ BitVec 64)) (r0 (_ BitVec 64)) (offset (_ BitVec 16))) (Array (_ BitVec 64) (_ BitVec 8))
  (ite (= (|rfc:load64| mem (|rfc:address| dst offset)) r0)
       (|rfc:store64| mem (|rfc:address| dst offset) src)
       mem))
(define-fun |rfc:atomic/cmpxchg64:fetched| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (dst (_ BitVec 64)) (offset (_ BitVec 16))) (_ BitVec 64)
  (|rfc:load64| mem (|rfc:address| dst offset)))

; ---------------------------------------------------------------------------------------------------------------------
; 64-bit immediates: the new value of the destination register. What maps, variables and code addresses are is the
; platform's. Silent about how their numbers become 64 bits wide: file descriptors, indices and variable ids are numbers
; without a sign, a relative offset has one, and so has next_imm (3.2) where it is added to an address, where sums that
; leave 64 bits wrap.

; 5.4.1: the address of the map with this file descriptor.
(declare-fun |platform:map-by-fd| ((_ BitVec 64)) (_ BitVec 64))

; 5.4.1: the address of the map with this index among those of the program.
(declare-fun |platform:map-by-index| ((_ BitVec 64)) (_ BitVec 64))

; 5.4: the address of the first value in the map at this address.
(declare-fun |platform:map-value| ((_ BitVec 64)) (_ BitVec 64))

; 5.4.2: the address of the variable with this id.
(declare-fun |platform:variable-address| ((_ BitVec 64)) (_ BitVec 64))

; 5.4: the address of the instruction this many slots away. Silent about what it is counted from: the platform knows.
(declare-fun |platform:code-address| ((_ BitVec 64)) (_ BitVec 64))

; 5.4 IMM, DW, LD, src_reg 0 (0x18): next_imm is the upper half and imm the lower one, whatever its sign.
(define-fun |rfc:imm/lddw| ((imm (_ BitVec 32)) (next_imm (_ BitVec 32))) (_ BitVec 64)
  (concat next_imm imm))

; 5.4 IMM, DW, LD, src_reg 1 (0x18): a map, by file descriptor.
(define-fun |rfc:imm/lddw-map-by-fd| ((imm (_ BitVec 32)) (next_imm (_ BitVec 32))) (_ BitVec 64)
  (|platform:map-by-fd| (|rfc:zero-extended| imm)))

; 5.4 IMM, DW, LD, src_reg 2 (0x18): the place next_imm bytes into the values of a map, by file descriptor.
(define-fun |rfc:imm/lddw-map-val-by-fd| ((imm (_ BitVec 32)) (next_imm (_ BitVec 32))) (_ BitVec 64)
  (bvadd (|platform:map-value| (|platform:map-by-fd| (|rfc:zero-extended| imm)))
         (|rfc:sign-extended32| next_imm)))

; 5.4 IMM, DW, LD, src_reg 3 (0x18): a variable of the platform, by id.
(define-fun |rfc:imm/lddw-var-addr| ((imm (_ BitVec 32)) (next_imm (_ BitVec 32))) (_ BitVec 64)
  (|platform:variable-address| (|rfc:zero-extended| imm)))

; 5.4 IMM, DW, LD, src_reg 4 (0x18): the address of an instruction, by its distance in slots.
(define-fun |rfc:imm/lddw-code-addr| ((imm (_ BitVec 32)) (next_imm (_ BitVec 32))) (_ BitVec 64)
  (|platform:code-address| (|rfc:sign-extended32| imm)))

; 5.4 IMM, DW, LD, src_reg 5 (0x18): a map, by index.
(define-fun |rfc:imm/lddw-map-by-idx| ((imm (_ BitVec 32)) (next_imm (_ BitVec 32))) (_ BitVec 64)
  (|platform:map-by-index| (|rfc:zero-extended| imm)))

; 5.4 IMM, DW, LD, src_reg 6 (0x18): the place next_imm bytes into the values of a map, by index.
(define-fun |rfc:imm/lddw-map-val-by-idx| ((imm (_ BitVec 32)) (next_imm (_ BitVec 32))) (_ BitVec 64)
  (bvadd (|platform:map-value| (|platform:map-by-index| (|rfc:zero-extended| imm)))
         (|rfc:sign-extended32| next_imm)))

; ---------------------------------------------------------------------------------------------------------------------
; Packet access, deprecated: the value loaded into R0. Silent: 5.5 gives encodings only and leaves the meaning to
; classic BPF, where a packet is big-endian and what is loaded is unsigned. Silent too about the address: the signed
; immediate is extended, all of src counts, and the sum wraps.

; 5.5: where the packet starts.
(declare-fun |platform:packet-start| () (_ BitVec 64))

; 5.5: a half word of a packet, the upper byte at the lower address.
(define-fun |rfc:packet16| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (address (_ BitVec 64))) (_ BitVec 16)
  (concat (select mem address)
          (select mem (bvadd address #x0000000000000001))))

; 5.5: a word of a packet, upper bytes at lower addresses.
(define-fun |rfc:packet32| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (address (_ BitVec 64))) (_ BitVec 32)
  (concat (|rfc:packet16| mem address)
          (|rfc:packet16| mem (bvadd address #x0000000000000002))))

; 5.5: imm bytes into the packet.
(define-fun |rfc:packet-absolute| ((imm (_ BitVec 32))) (_ BitVec 64)
  (bvadd |platform:packet-start| (|rfc:sign-extended32| imm)))

; 5.5: src and imm bytes into the packet.
(define-fun |rfc:packet-indirect| ((src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (bvadd (|rfc:packet-absolute| imm) src))

; 5.5 ABS, B, LD (0x30): a byte at imm.
(define-fun |rfc:packet/ldabsb| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (concat #x00000000000000 (|rfc:load8| mem (|rfc:packet-absolute| imm))))

; 5.5 ABS, H, LD (0x28): a half word at imm.
(define-fun |rfc:packet/ldabsh| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (concat #x000000000000 (|rfc:packet16| mem (|rfc:packet-absolute| imm))))

; 5.5 ABS, W, LD (0x20): a word at imm.
(define-fun |rfc:packet/ldabsw| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (concat #x00000000 (|rfc:packet32| mem (|rfc:packet-absolute| imm))))

; 5.5 IND, B, LD (0x50): a byte at src and imm.
(define-fun |rfc:packet/ldindb| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (concat #x00000000000000 (|rfc:load8| mem (|rfc:packet-indirect| src imm))))

; 5.5 IND, H, LD (0x48): a half word at src and imm.
(define-fun |rfc:packet/ldindh| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (concat #x000000000000 (|rfc:packet16| mem (|rfc:packet-indirect| src imm))))

; 5.5 IND, W, LD (0x40): a word at src and imm.
(define-fun |rfc:packet/ldindw| ((mem (Array (_ BitVec 64) (_ BitVec 8))) (src (_ BitVec 64)) (imm (_ BitVec 32))) (_ BitVec 64)
  (concat #x00000000 (|rfc:packet32| mem (|rfc:packet-indirect| src imm))))
