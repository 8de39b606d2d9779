# Rule: program/spin-lock
# Purpose: a lock is taken by comparison and exchange, and given back
# Memory: 8 bytes of 0, hex 25, 7 bytes of 0

    mov %r0, 0
    mov %r3, 1
    lock cmpxchg [%r1+0], %r3
    jne %r0, 0, out
    ldxdw %r6, [%r1+8]
    add %r6, 5
    stxdw [%r1+8], %r6
    mov %r4, 0
    lock xchg [%r1+0], %r4
    ldxdw %r0, [%r1+8]
    lsh %r0, 8
    or %r0, %r4
    ldxdw %r5, [%r1+0]
    lsh %r5, 32
    or %r0, %r5
out:
    exit
