using RbpfSpec.Assembly;
using RbpfSpec.Semantics.Machine;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Running;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Translation.Tests;

/// <summary>Programs with local calls.</summary>
internal static class CallPrograms
{
    /// <summary>The nth number of Fibonacci by recursion, n in r1; registers and stack are kept through calls.</summary>
    public static CheckedProgram Fibonacci { get; } = Assemble("""
        call local fib
        exit
        fib:
        mov %r0, %r1
        jlt %r1, 2, done
        mov %r6, %r1
        mov %r7, 0x7777
        stxdw [%r10-8], %r7
        add %r1, -1
        call local fib
        mov %r8, %r0
        mov %r1, %r6
        add %r1, -2
        call local fib
        add %r0, %r8
        ldxdw %r2, [%r10-8]
        sub %r2, %r7
        add %r0, %r2
        done:
        exit
        """);

    /// <summary>Calls itself for ever.</summary>
    public static CheckedProgram Endless { get; } = Assemble("""
        mov %r6, 5
        again:
        add %r6, 3
        add %r9, %r6
        call local again
        exit
        """);

    /// <summary>
    /// Adds up what is in fresh stacks, through pointers; then looks at the stack of a function that has returned.
    /// </summary>
    public static CheckedProgram Dangling { get; } = Assemble("""
        mov %r6, 0
        loop:
        call local callee
        add %r7, %r0
        add %r6, 1
        jlt %r6, 3, loop
        mov %r0, %r7
        ldxdw %r2, [%r8+0]
        ldxdw %r3, [%r1+0]
        exit
        callee:
        mov %r1, %r10
        add %r1, -16
        mov %r8, %r1
        ldxdw %r0, [%r1+8]
        mov %r2, 9
        stxdw [%r1+8], %r2
        stxdw [%r1+0], %r2
        ldxdw %r3, [%r1+8]
        add %r0, %r3
        exit
        """);

    /// <summary>A program of the profile rbpf.</summary>
    public static CheckedProgram Assemble(string text)
    {
        var assembled = Assembler.Parse(text).ShouldBeOfType<Assembled.Success>();
        return CheckedProgram.Check(assembled.Program, 0, Admission.Of(Profile.Rbpf, []), out _).ShouldNotBeNull();
    }

    /// <summary>A state to begin in.</summary>
    public static State<Word> Start(ulong argument, ulong branches = 1000, ulong second = 0)
    {
        var state = new Start(Profile.Rbpf) { BranchLimit = new Allowance<ulong>.Remaining(branches) }.State();
        return state with { Registers = state.Registers.With(1, Word.Of(argument)).With(2, Word.Of(second)) };
    }
}
