namespace RbpfSpec.House.Tests;

/// <summary>The folders of the definition are layers: each is written in terms of those before it.</summary>
public sealed class LayerTests
{
    // Lowest first.
    private static readonly string[] Layers =
    [
        "Clauses", "Helpers", "Machine", "Profiles", "Instructions", "Operations", "Deviations", "Encoding", "Validity", "Running",
        "Reports",
    ];

    public static TheoryData<string> Folders => [.. Layers];

    [Fact]
    public void Every_folder_of_the_definition_is_a_layer() =>
        Repository.Sources("src/Semantics").Select(FolderOf).Distinct(StringComparer.Ordinal).ShouldBe(Layers, ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_layer_speaks_of_those_below_it_alone(string layer)
    {
        var above = string.Join('|', Layers.SkipWhile(other => other != layer).Skip(1).DefaultIfEmpty("-"));

        Repository.Matches(
                Repository.Sources($"src/Semantics/{layer}"),
                Repository.Pattern($@"\b(?:using RbpfSpec\.Semantics\.|Semantics\.|RbpfSpec\.Semantics\.)(?:{above})\b"))
            .ShouldBeEmpty();
    }

    private static string FolderOf(string file) => Repository.Relative(file).Split('/')[2];
}
