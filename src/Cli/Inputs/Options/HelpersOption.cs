using System.CommandLine;
using System.Globalization;
using RbpfSpec.Host.Helpers;
using RbpfSpec.Host.Updates;
using RbpfSpec.Images;
using RbpfSpec.Semantics.Encoding;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Cli.Inputs.Options;

/// <summary><c>--helpers</c>: the helpers that an application is granted.</summary>
public sealed class HelpersOption : Option<string?>
{
    private const string Auto = "auto";

    private const string None = "none";

    /// <summary>The option; without it those are granted that the program calls.</summary>
    public HelpersOption()
        : base("--helpers")
    {
        Description = $"The helpers granted, by name or id, separated by commas; '{None}' for none; '{Auto}', which is usual, grants "
            + "those that the program calls.";
        HelpName = "list";
    }

    /// <summary>Their ids, ascending.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="upload">The program, in any form that a device takes.</param>
    /// <param name="profile">The machine variant that it runs on.</param>
    /// <exception cref="UsageException">There is no such helper.</exception>
    public Sequence<uint> Of(ParseResult parsed, Sequence<byte> upload, Profile profile) => parsed.GetValue(this) switch
    {
        null or Auto => Called(upload, profile),
        None => [],
        var list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(Id).Distinct().Order().ToSequence(),
    };

    private static Sequence<uint> Called(Sequence<byte> upload, Profile profile) =>
        UploadReader.Read(upload) is UploadContent.Program(var bytes, _, _) && bytes.Count % Slot.Size == 0
            ? Imports.Of(Program.Of(bytes.AsSpan()), profile).Map(import => import.Id)
            : [];

    private static uint Id(string name)
    {
        if (HelperCatalogue.Declarations.FirstOrDefault(helper => helper.IsCalled(name)) is { } helper) return helper.Id;
        var digits = name.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? name[2..] : name;
        return uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)
            ? id
            : throw new UsageException($"--helpers: there is no helper '{name}'; "
                + (Suggestions.Nearest(name, HelperCatalogue.Declarations.Map(helper => helper.Name)) is { } near
                    ? $"did you mean '{near}'? Expected" : "expected")
                + " names or ids in hexadecimal, separated by commas");
    }
}
