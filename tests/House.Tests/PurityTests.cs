using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace RbpfSpec.House.Tests;

/// <summary>The meaning of a program depends on the program and its input: on no clock, file, chance or thread.</summary>
public sealed class PurityTests
{
    private static readonly string[] ForbiddenNamespaces =
        ["System.IO", "System.Net", "System.Threading", "System.Timers", "System.Security.Cryptography"];

    private static readonly string[] ForbiddenTypes =
    [
        "System.Console",
        "System.DateTime",
        "System.DateTimeOffset",
        "System.DateOnly",
        "System.TimeOnly",
        "System.TimeProvider",
        "System.TimeZoneInfo",
        "System.Diagnostics.Stopwatch",
        "System.Diagnostics.Process",
        "System.Environment",
        "System.Random",
        "System.Guid",
        "System.GC",
        "System.AppContext",
        "System.AppDomain",
    ];

    // On a line that is no comment.
    private static readonly Regex Impurity = Repository.Pattern(
        @"^\s*([^/\s].*)?\b(DateTime|Stopwatch|Random|Thread|Task|HttpClient)\b" +
        @"|^\s*([^/\s].*)?\b(File|Console|Environment|System\.(IO|Net|Threading))\b[.;]");

    // What the compiler writes into every iterator.
    private static readonly string[] Harmless = ["System.Environment.get_CurrentManagedThreadId"];

    [Fact]
    public void Semantics_is_compiled_against_no_input_clock_chance_or_thread()
    {
        using var file = new PEReader(File.OpenRead(typeof(Sequence).Assembly.Location));

        Uses(file.GetMetadataReader()).Where(IsForbidden).Except(Harmless).ShouldBeEmpty();
    }

    [Fact]
    public void Sources_of_Semantics_name_no_input_clock_chance_or_thread() =>
        Repository.Matches(Repository.Sources("src/Semantics"), Impurity).ShouldBeEmpty();

    [Theory]
    [InlineData("    var now = DateTime.UtcNow;", true)]
    [InlineData("using System.IO;", true)]
    [InlineData("        Console.WriteLine();", true)]
    [InlineData("    if (File.Exists(path)) return;", true)]
    [InlineData("    // A random Task for the reader.", false)]
    [InlineData("    /// <summary>As in System.IO.</summary>", false)]
    [InlineData("    var profile = execution.Profile;", false)]
    public void Code_is_told_from_comments(string line, bool impure) => Impurity.IsMatch(line).ShouldBe(impure);

    [Fact]
    public void The_compiled_check_sees_what_a_program_uses()
    {
        using var file = new PEReader(File.OpenRead(typeof(PurityTests).Assembly.Location));

        Uses(file.GetMetadataReader()).Where(IsForbidden).ShouldContain("System.IO.File.OpenRead");
    }

    [Fact]
    public void Semantics_holds_no_state_of_its_own() =>
        typeof(Sequence).Assembly.GetTypes()
            .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)))
            .SelectMany(type => type.GetFields(
                BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => field is { IsInitOnly: false, IsLiteral: false })
            .Select(field => $"{field.DeclaringType}.{field.Name}")
            .ShouldBeEmpty();

    private static bool IsForbidden(string use) =>
        ForbiddenNamespaces.Concat(ForbiddenTypes)
            .Any(name => use == name || use.StartsWith(name + ".", StringComparison.Ordinal));

    // The types that an assembly names and the members of them that it uses; a type is named alone if no member is.
    private static IEnumerable<string> Uses(MetadataReader reader)
    {
        var members = reader.MemberReferences
            .Select(reader.GetMemberReference)
            .Where(member => member.Parent.Kind is HandleKind.TypeReference)
            .ToLookup(member => (TypeReferenceHandle)member.Parent, member => reader.GetString(member.Name));
        return
            from handle in reader.TypeReferences
            let type = FullName(reader, handle)
            from use in members[handle].Select(member => $"{type}.{member}").DefaultIfEmpty(type)
            select use;
    }

    private static string FullName(MetadataReader reader, TypeReferenceHandle handle)
    {
        var type = reader.GetTypeReference(handle);
        var name = reader.GetString(type.Name);
        return type.ResolutionScope.Kind is HandleKind.TypeReference
            ? $"{FullName(reader, (TypeReferenceHandle)type.ResolutionScope)}.{name}"
            : $"{reader.GetString(type.Namespace)}.{name}";
    }
}
