# Rule: jmp/call-helper
# Purpose: memcpy copies the end of the memory to the stack's last bytes
# Memory: "RbpfSpec, sixtee"
# Helpers: 0x02

    mov %r2, %r1
    add %r2, 5
    mov %r1, %r10
    sub %r1, 11
    mov %r3, 11
    stdw [%r10-8], 0
    call 0x02
    sub %r0, %r10
    ldxdw %r1, [%r10-11]
    add %r0, %r1
    ldxdw %r1, [%r10-8]
    xor %r0, %r1
    exit
