using RbpfSpec.Images.Packing;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Images.Tests.Packing;

/// <summary>A program that clang made, and its packed form.</summary>
/// <param name="Name">Folder and file, and the function that it starts at, if it had to be chosen.</param>
/// <param name="Program">What is packed.</param>
internal sealed record Programs(string Name, PackedProgram Program)
{
    private const string Compilers = "tests/Images.Tests/Compilers";

    /// <summary>Those of the examples, of the workloads and of these tests.</summary>
    public static IReadOnlyList<Programs> All { get; } =
    [
        .. new[] { "bubble_sort", "fletcher32", "greeting", "increment", "insertion_sort", "storage" }
            .Select(name => Of($"examples/{name}.o")),
        Of("examples/field.o", "field"),
        .. Repository.Applications.Select(name => Of($"examples/applications/{name}.o")),
        .. new[] { "alu", "bsort", "coap", "copy", "fletcher32", "packet", "sensor", "sieve", "tiny" }
            .Select(name => Of($"bench/workloads/{name}.o")),
        .. new[] { "arithmetic-19", "globals-14", "helpers-19", "inline-19", "programs-16" }.Select(name => Of($"{Compilers}/{name}.o")),
        Of($"{Compilers}/functions-16.o", "entry"),
        Of("tests/Images.Tests/Objects/linking.o", "caller"),
    ];

    /// <summary>The bytes of the content.</summary>
    public int Length => Program.Content.Count;

    /// <summary>The packed form.</summary>
    public byte[] Packed { get; } = Program.Pack(HeatshrinkWindow.Small);

    /// <summary>The program as an image, before it is packed.</summary>
    public required Image Image { get; init; }

    private static Programs Of(string path, string? function = null)
    {
        var file = File.ReadAllBytes(Path.Combine(Repository.Root, path));
        var image = Reading.Image(file, new() { Function = function });
        var moved = Reading.Image(file, new() { Function = function, BaseAddress = AddressSpace.Image + 0x0800_0000 });

        // An object whose data hold addresses is packed whole.
        var program = PackedProgram.Of(image, moved) is PackingResult.Loaded(var loaded) ? loaded : new(Sequence.Of<byte>(file));
        return new($"{path}{(function is null ? "" : $" {function}")}", program) { Image = image };
    }
}
