# Rule: jmp/call-helper
# Purpose: a value is fetched that was never stored
# Helpers: 0x12

    stw [%r10-8], 0x55
    mov %r1, 9
    mov %r2, %r10
    sub %r2, 8
    call 0x12
    ldxw %r1, [%r10-8]
    add %r0, %r1
    add %r0, 3
    exit
