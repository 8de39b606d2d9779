using RbpfSpec.Host.Helpers;
using RbpfSpec.Images;
using RbpfSpec.Semantics.Profiles;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Cli.Outputs;

/// <summary>The preflight's problems as commands tell them: the first of them, however many there are.</summary>
public static class Rejections
{
    /// <summary>How many problems are shown unless all are asked for.</summary>
    public const int MostShown = 100;

    /// <summary>The place for a program that needs a device, in words.</summary>
    public const string OnDevice = "'rbpf host put' puts a program on one";

    /// <summary>The program of an image; if it is rejected, tells why on standard error, and yields nothing.</summary>
    public static CheckedProgram? Checked(Image image, Admission rules, string name)
    {
        if (image.Check(rules, out var first, MostShown) is { } program) return program;
        if (OnlyOfDevice(image, rules) is { IsEmpty: false } names)
        {
            var called = string.Join(", ", (IEnumerable<string>)names);
            Console.Error.WriteLine($"rbpf: {name}: it calls {called}, which only a device has; {OnDevice}");
            return null;
        }

        var (problems, more) = Limited(first, image, rules, MostShown);
        foreach (var problem in problems) Console.Error.WriteLine($"rbpf: {name}: {Text(image, problem)}");
        if (more > 0) Console.Error.WriteLine($"rbpf: {name}: and {more} more; check --all lists them");
        return null;
    }

    /// <summary>The names of the helpers that a program calls and that only a device has.</summary>
    public static Sequence<string> DeviceHelpers(Image image, Profile profile) =>
    [
        .. from import in Imports.Of(Semantics.Encoding.Program.Of(image.Program.AsSpan()), profile)
           where HelperCatalogue.OfDevice.Any(helper => helper.Id == import.Id)
           select import.Name,
    ];

    /// <summary>A problem in one line, with the line of source that its instruction comes from where the file tells it.</summary>
    public static string Text(Image image, Problem problem) =>
        image.SourceAt((ulong)problem.Slot) is { } source ? $"{problem} at {source}" : problem.ToString();

    /// <summary>The first problems, and how many more there are.</summary>
    public static (Sequence<Problem> Problems, long More) Of(Image image, Admission rules, int most)
    {
        image.Check(rules, out var first, most);
        return Limited(first, image, rules, most);
    }

    // The helpers of a device that a program calls, if it is accepted where they are.
    private static Sequence<string> OnlyOfDevice(Image image, Admission rules)
    {
        var granted = Admission.Of(rules.Profile, [.. rules.Helpers, .. HelperCatalogue.OfDevice.Map(helper => helper.Id)]);
        return image.Check(granted, out _, most: 1) is null ? [] : DeviceHelpers(image, rules.Profile);
    }

    private static (Sequence<Problem> Problems, long More) Limited(Sequence<Problem> first, Image image, Admission rules, int most)
    {
        if (first.Count < most) return (first, 0);
        var all = Preflight.Count(image.Program.AsSpan(), image.Entry, rules);
        return (first.Count <= most ? first : [.. first.Take(most)], all - Math.Min(first.Count, most));
    }
}
