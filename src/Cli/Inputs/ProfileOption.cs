using System.CommandLine;
using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Cli.Inputs;

/// <summary>The option <c>--profile</c>.</summary>
public static class ProfileOption
{
    /// <summary>The option, with the profile that holds where it is not given.</summary>
    public static Option<Profile> Create(Profile byDefault) => new("--profile")
    {
        Description = $"The machine variant: {string.Join(" or ", Profile.All.Select(profile => profile.Name))}.",
        HelpName = "name",
        DefaultValueFactory = _ => byDefault,
        CustomParser = result =>
        {
            var name = result.Tokens[0].Value;
            if (Profile.All.FirstOrDefault(profile => profile.Name == name) is { } known) return known;
            result.AddError($"there is no profile '{name}': {string.Join(" and ", Profile.All.Select(profile => profile.Name))} exist");
            return byDefault;
        },
    };
}
