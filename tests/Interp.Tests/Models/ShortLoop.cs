using System.Globalization;
using RbpfSpec.Assembly;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Tests.Models;

/// <summary>A program that is a short loop, over the context or the stack, and what it begins with.</summary>
/// <param name="Text">The program.</param>
/// <param name="Context">The bytes of the context.</param>
/// <param name="Branches">The branches granted.</param>
internal sealed record ShortLoop(string Text, byte[] Context, ulong Branches)
{
    private static readonly string[] Sizes = ["b", "h", "w", "dw"];

    /// <summary>The program, checked.</summary>
    public CheckedProgram Program => CheckedProgram.Check(
        ((Assembled.Success)Assembler.Parse(Text)).Program, 0, Admission.Of(Profile.Rbpf, []), out _)!;

    /// <summary>
    /// Draws one: r3 counts, r4 is a stride, r6 walks, and r7 is where it begins; some rounds lead out of the region, or use up
    /// the branches.
    /// </summary>
    public static ShortLoop Draw(Dice dice)
    {
        var step = dice.Pick(1, 1, 2, 4, 8, -1, -8, 3, 0);
        List<string> lines =
        [
            "mov %r0, 1",
            $"mov %r3, {Number(dice.Pick(0, 0, 1, -3, 40))}",
            $"mov %r4, {Number(dice.Pick(1, 2, 8, 0, -1, 300))}",
            "mov %r7, " + (dice.OnceIn(3) ? "%r10" : "%r1"),
            $"add %r7, {Number(dice.Pick(0, 0, 4, 60, -256, -64, -512))}",
            "mov %r6, %r7",
        ];
        List<string> body = [];
        for (var count = dice.Between(1, 4); count > 0; count--) body.AddRange(Part(dice, step));
        body.AddRange(dice.OnceIn(2) ? [$"add %r6, {Number(step)}", "add %r3, 1"] : ["add %r6, %r4", "add %r3, 1"]);
        if (dice.OnceIn(4)) body.Reverse();
        lines.Add("loop: " + body[0]);
        lines.AddRange(body[1..]);
        var operation = dice.Pick("jlt", "jne", "jslt", "jlt32", "jsgt", "jset", "jge", "jlt", "jeq");
        var limit = dice.Pick("%r2", "7", "40", "1");
        lines.AddRange(dice.OnceIn(3) ? [$"{operation} %r3, {limit}, end", "ja loop"] : [$"{operation} %r3, {limit}, loop"]);
        if (dice.OnceIn(3)) lines.Add("add %r0, 5");
        lines.Add("end: exit");
        return new(
            string.Join("\n", lines),
            [.. Enumerable.Range(0, dice.Pick(1, 7, 8, 31, 64, 65, 100)).Select(i => (byte)(i + 1))],
            (ulong)dice.Pick(0, 3, 4, 5, 6, 7, 8, 9, 60, 200));
    }

    private static IEnumerable<string> Part(Dice dice, int step)
    {
        var size = dice.Pick(Sizes);
        var offset = $"{dice.Between(-9, 9):+0;-0;+0}";
        return dice.Between(0, 8) switch
        {
            0 => [$"ldx{size} %r5, [%r6{offset}]", "add %r0, %r5"],
            1 => [$"stx{size} [%r6{offset}], %r0"],
            2 => ["mov %r8, %r7", "add %r8, %r3", $"ldx{size} %r5, [%r8{offset}]", "xor %r0, %r5"],
            3 => ["mov %r8, %r3", "lsh %r8, 3", "add %r8, %r7", $"stx{size} [%r8{offset}], %r3"],
            4 => [$"stx{size} [%r10-{dice.Pick(8, 16, 512, 516)}], %r0"],
            5 => ["mov %r9, %r0", "lsh %r9, 32", "rsh %r9, 32", "add %r0, %r9"],
            6 => [$"add %r6, {Number(step)}", "mul %r0, 3"],
            7 => ["div %r0, 7", $"st{size} [%r6{offset}], 77"],
            _ => ["sub %r7, -1", $"ldx{size} %r5, [%r7{offset}]", "add32 %r0, %r5"],
        };
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
