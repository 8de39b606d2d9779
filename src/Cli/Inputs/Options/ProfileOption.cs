using System.CommandLine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Cli.Inputs.Options;

/// <summary>The option <c>--profile</c>.</summary>
public sealed class ProfileOption : Option<Profile?>
{
    private readonly Profile byDefault;

    /// <summary>The option, with the profile that holds where it is not given.</summary>
    /// <remarks>To the library it has no default value: help would print the whole record.</remarks>
    public ProfileOption(Profile byDefault)
        : base("--profile")
    {
        this.byDefault = byDefault;
        Description = $"The machine variant: {string.Join(" or ", Names)}; {byDefault.Name} otherwise.";
        HelpName = "name";
        CustomParser = result =>
        {
            var name = result.Tokens[0].Value;
            if (Profile.All.FirstOrDefault(profile => profile.Name == name) is { } known) return known;
            result.AddError($"there is no profile '{name}'; {Suggestions.Instead(name, [.. Names])}");
            return null;
        };
    }

    private static IEnumerable<string> Names => Profile.All.Select(profile => profile.Name);

    /// <summary>The profile that a command line asks for.</summary>
    public Profile Of(ParseResult parsed) => parsed.GetValue(this) ?? byDefault;
}
