namespace RbpfSpec.Specification.Site;

/// <summary>One file of the site.</summary>
/// <param name="Path">Where it stands in the site's folder, with slashes.</param>
/// <param name="Text">Its content, to be written as UTF-8.</param>
public sealed record SiteFile(string Path, string Text);

/// <summary>A link that leads nowhere.</summary>
/// <param name="Page">The file or the operation whose text has the link.</param>
/// <param name="Target">What the link says.</param>
/// <param name="Problem">What is missing.</param>
public sealed record BrokenLink(string Page, string Target, string Problem)
{
    /// <summary>The three in a line.</summary>
    public override string ToString() => $"{Page}: the link '{Target}' leads nowhere: {Problem}";
}

/// <summary>The result of building the site.</summary>
public abstract record SiteBuild
{
    private SiteBuild()
    {
    }

    /// <summary>The whole site.</summary>
    public sealed record Whole(Sequence<SiteFile> Files) : SiteBuild;

    /// <summary>No site, because of these links; at least one.</summary>
    public sealed record Broken(Sequence<BrokenLink> Links) : SiteBuild;
}
