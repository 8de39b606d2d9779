using System.Text.Json.Serialization;

namespace RbpfSpec.Specification.Playground;

/// <summary>A program to begin with: a text, or an object of <c>examples</c>.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Source">The text; null of an object.</param>
/// <param name="Name">The object's file name; null of a text.</param>
/// <param name="Bytes">The object, in base64.</param>
/// <param name="Context">The memory, in hexadecimal.</param>
/// <param name="Branches">The budget of branches; the profile's if there is none.</param>
internal sealed record PlaygroundExample(
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("source")] string? Source,
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("bytes")] string? Bytes,
    [property: JsonPropertyName("context")] string Context,
    [property: JsonPropertyName("branches")] string? Branches);

/// <summary>The programs that the playground offers.</summary>
internal static class PlaygroundExamples
{
    /// <summary>All of them; the first is there when the page opens.</summary>
    public static IReadOnlyList<PlaygroundExample> All { get; } =
    [
        Text("A loop: the sum of the context's bytes", "0102030405060708", """
            # r1 is the address of the memory, r2 its length.
            mov %r0, 0
            add %r2, %r1
            next:
            jge %r1, %r2, exit
            ldxb %r3, [%r1]
            add %r0, %r3
            add %r1, 1
            ja next
            exit:
            exit
            """),
        Text("Local calls: the factorial of 5, in LLVM's syntax", "", """
            r1 = 5
            call factorial
            exit

            factorial:
            if r1 s> 1 goto recurse
            r0 = 1
            exit
            recurse:
            r6 = r1 // kept by the call
            r1 += -1
            call factorial
            r0 *= r6
            exit
            """),
        Text("A trap: a load past the end of the memory", "2a000000", """
            # The context has 4 bytes; this load wants 8.
            ldxdw %r0, [%r1]
            exit
            """),
        Text("Helpers: a store and printf", "", """
            # The text "%u times\n" goes to the stack.
            lddw %r1, 0x73656d6974207525
            stxdw [%r10-16], %r1
            mov %r1, 10
            stxdw [%r10-8], %r1
            # store_local(7, 42), and fetch_local(7, r10 - 24)
            mov %r1, 7
            mov %r2, 42
            call 0x10
            mov %r1, 7
            mov %r2, %r10
            add %r2, -24
            call 0x12
            # printf(text, the number)
            mov %r1, %r10
            add %r1, -16
            ldxw %r2, [%r10-24]
            call 1
            exit
            """),
        Text("A refusal: what the preflight finds", "", """
            # r10 is read-only, and the program runs off its end.
            mov %r10, 0
            mov %r0, 1
            """),
        Text("A million instructions", "", """
            # 250000 rounds; the profile would grant 200 branches, so the budget below is greater.
            mov %r0, 0
            mov %r1, 250000
            again:
            add %r0, %r1
            xor %r0, 12345
            sub %r1, 1
            jne %r1, 0, again
            exit
            """) with { Branches = "250000" },
        Object("fletcher32.o", "C: the checksum of a message (fletcher32.c)", "6865 6c6c 6f20 776f 726c 6421"),
        Object("bubble_sort.o", "C: a sort with local calls (bubble_sort.c)", "05000000 03000000 08000000 01000000"),
        Object("greeting.o", "C: data, and helpers that read and write them (greeting.c)", "07000000"),
    ];

    private static PlaygroundExample Text(string title, string context, string source) =>
        new(title, source.ReplaceLineEndings("\n") + "\n", null, null, context, null);

    private static PlaygroundExample Object(string name, string title, string context) =>
        new(title, null, name, Convert.ToBase64String(Assets.Bytes(name)), context, null);
}
