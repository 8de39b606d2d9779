@ Runs one instruction of a test in thread mode on the process stack: an exception return loads its state from a frame
@ that the record has put there, and the next exception, SVC or a fault, stores the state after it.
    .syntax unified
    .cpu cortex-m4
    .thumb

    .section .vectors, "a"
    .word __stack
    .word reset + 1
    .rept 9
    .word stop + 1
    .endr
    .word stop + 1              @ SVCall
    .rept 4
    .word stop + 1
    .endr

    .text
    .thumb_func
reset:
    ldr r0, =0xe000ed24         @ SHCSR: usage, bus and memory faults have handlers of their own
    ldr r1, =0x00070000
    str r1, [r0]
    bl main
    .global leave
    .thumb_func
leave:
    ldr r1, =0x20026            @ ADP_Stopped_ApplicationExit
    push {r0}
    push {r1}
    mov r1, sp
    movs r0, #0x20              @ SYS_EXIT_EXTENDED
    bkpt 0xab
1:  b 1b

    .global semihosting         @ int semihosting(int operation, const void *argument)
    .thumb_func
semihosting:
    bkpt 0xab
    bx lr

    .global run                 @ void run(struct saved *state)
    .thumb_func
run:
    svc 0
    bx lr

@ Every exception. With nothing running it is the call of run; else it ends the test.
    .thumb_func
stop:
    ldr r2, =running
    ldr r3, [r2]
    cbnz r3, end
    push {r4-r11}
    mov r3, sp
    ldr r3, [r3, #32]           @ r0 of the caller: the saved state
    str r3, [r2]
    str lr, [r2, #4]
    ldr r1, [r3, #32]
    msr psp, r1
    ldmia r3, {r4-r11}
    ldr lr, =0xfffffffd         @ to thread mode, on the process stack
    bx lr
end:
    stmia r3!, {r4-r11}
    mrs r1, psp
    str r1, [r3]
    mrs r1, ipsr
    str r1, [r3, #4]
    ldr r0, =0xe000ed28         @ CFSR: what fault it was; writing clears it
    ldr r1, [r0]
    str r1, [r3, #8]
    str r1, [r0]
    movs r1, #0
    str r1, [r2]
    ldr lr, [r2, #4]
    pop {r4-r11}
    bx lr

    .bss
    .balign 4
running:
    .word 0
    .word 0
